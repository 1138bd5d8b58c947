"""Writes TorchScript files for `./ttt sweep --inception FILE --lpips FILE`.

  export.py inception --wrap inception-2015-12-05.pt inception.pt
      of a TorchScript file of the network that FIDs are published with, as the makers of StyleGAN
      give it: called with uint8 images it returns class probabilities, with return_features=True
      features
  export.py inception --torchvision inception.pt
      of torchvision's Inception v3: other weights, other numbers than published ones
  export.py lpips [--net alex|vgg|squeeze] lpips.pt
      of the package lpips

Needs torch, and torchvision or lpips where they are named. --random draws weights instead of
downloading them, to try the way.
"""

import argparse

import torch
from torch import nn

INCEPTION_SIDE = 299
CHECK_SIDE = 64


class Wrapped(nn.Module):
    """Features and probabilities of a network that returns either."""

    def __init__(self, file):
        super().__init__()
        self.network = torch.jit.load(file, map_location="cpu")

    def forward(self, images):
        return self.network(images, return_features=True), self.network(images)


class Torchvision(nn.Module):
    """torchvision's Inception v3 in its usual normalisation; features of its last pooling."""

    def __init__(self, weights):
        super().__init__()
        from torchvision.models import inception_v3

        self.network = inception_v3(weights=weights, init_weights=False, aux_logits=True)
        self.classes = self.network.fc
        self.network.fc = nn.Identity()
        self.register_buffer("mean", torch.tensor([0.485, 0.456, 0.406])[:, None, None])
        self.register_buffer("deviation", torch.tensor([0.229, 0.224, 0.225])[:, None, None])

    def forward(self, images):
        size = [INCEPTION_SIDE, INCEPTION_SIDE]
        scaled = nn.functional.interpolate(
            images.to(torch.float32) / 255, size=size, mode="bilinear", align_corners=False
        )
        features = self.network((scaled - self.mean) / self.deviation)
        return features, torch.softmax(self.classes(features), dim=1)


def inception(arguments):
    """Traces or scripts the network of features and probabilities."""
    if arguments.wrap:
        return torch.jit.script(Wrapped(arguments.wrap).eval())
    from torchvision.models import Inception_V3_Weights

    weights = None if arguments.random else Inception_V3_Weights.IMAGENET1K_V1
    images = torch.zeros(2, 3, CHECK_SIDE, CHECK_SIDE, dtype=torch.uint8)
    return torch.jit.trace(Torchvision(weights).eval(), images)


def perceptual(arguments):
    """Traces LPIPS for pairs of images of any size."""
    import lpips

    network = lpips.LPIPS(net=arguments.net, pnet_rand=arguments.random).eval()
    image = torch.zeros(1, 3, CHECK_SIDE, CHECK_SIDE)
    return torch.jit.trace(network, (image, image))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("inception")
    source = command.add_mutually_exclusive_group(required=True)
    source.add_argument("--wrap", metavar="FILE")
    source.add_argument("--torchvision", action="store_true")
    command.set_defaults(make=inception)
    distance = commands.add_parser("lpips")
    distance.add_argument("--net", choices=["alex", "vgg", "squeeze"], default="alex")
    distance.set_defaults(make=perceptual)
    for each in (command, distance):
        each.add_argument("--random", action="store_true")
        each.add_argument("output")
    arguments = parser.parse_args()
    with torch.no_grad():
        torch.jit.freeze(arguments.make(arguments)).save(arguments.output)
    print("wrote", arguments.output)


if __name__ == "__main__":
    main()
