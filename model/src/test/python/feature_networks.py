"""Writes the small TorchScript files of FeatureNetworksTest and prints what they return."""
import sys

import torch
from torch import nn


class Inception(nn.Module):
    """Features and class probabilities of images of any size."""

    def __init__(self):
        super().__init__()
        self.features = nn.Conv2d(3, 6, 5, stride=4, padding=2)
        self.classes = nn.Linear(6, 4)

    def forward(self, images):
        own = torch.relu(self.features(images.to(torch.float32) / 127.5 - 1)).mean(dim=[2, 3])
        return own, torch.softmax(self.classes(own) * 8, dim=1)


class Lpips(nn.Module):
    """A distance between pairs of images as the package lpips gives it, [B, 1, 1, 1]."""

    def __init__(self):
        super().__init__()
        self.features = nn.Conv2d(3, 4, 3, padding=1)

    def forward(self, one, other):
        difference = self.features(one) - self.features(other)
        return (difference * difference).mean(dim=[1, 2, 3], keepdim=True)


class Logits(Inception):
    """A network whose second output holds no probabilities."""

    def forward(self, images):
        own = torch.relu(self.features(images.to(torch.float32) / 127.5 - 1)).mean(dim=[2, 3])
        return own, self.classes(own)


def image(height, width, seed):
    """The image of the test."""
    y, x, c = torch.meshgrid(
        torch.arange(height), torch.arange(width), torch.arange(3), indexing="ij"
    )
    values = (x * (3 + seed) + y * (5 + 2 * seed) + c * 37 + (x * y * (seed + 1)) // 7) % 256
    return values.to(torch.uint8).permute(2, 0, 1)[None]


torch.manual_seed(1)
folder = sys.argv[1]
inception, lpips, logits = Inception().eval(), Lpips().eval(), Logits().eval()
torch.jit.script(inception).save(folder + "/tiny-inception.pt")
torch.jit.trace(lpips, (torch.zeros(1, 3, 64, 64), torch.zeros(1, 3, 64, 64))).save(
    folder + "/tiny-lpips.pt"
)
torch.jit.script(logits).save(folder + "/tiny-logits.pt")
with torch.no_grad():
    one, other = image(24, 37, 0), image(24, 37, 2)
    for output in inception(torch.cat([one, other])):
        print([[float("%.8g" % v) for v in row] for row in output.tolist()])
    print(float(lpips(one / 127.5 - 1, other / 127.5 - 1)))
