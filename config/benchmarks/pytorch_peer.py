"""The steps of `./ttt bench` in PyTorch, on the same weights, as Hugging Face's Mask2Former runs them.

  pytorch_peer.py model DIR       writes a Mask2Former with Swin-T, 100 queries and random weights
  pytorch_peer.py steps ...       times the steps in this process
  pytorch_peer.py compare ...     times `./ttt bench` and PyTorch in single precision, then both in half
                                  precision (PyTorch by autocast), in turn, in processes of their own
                                  with the same environment

Needs torch, transformers, scipy and safetensors; for a GPU (--device cuda, `./ttt bench --device gpu:0`)
a PyTorch with CUDA.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STEPS = ["forward", "reconstruction_forward_backward", "optimizer_step", "online_step"]
WARM_UP = 3
PATCH = 16
MASK_RATIO = 0.8
RECONSTRUCTION_QUERIES = 48
# What the launcher sets; a peer without them would only show them.
ENVIRONMENT = {
    "OMP_WAIT_POLICY": "PASSIVE",
    "MALLOC_MMAP_THRESHOLD_": "4294967296",
    "MALLOC_TRIM_THRESHOLD_": "4294967296",
    "MALLOC_TOP_PAD_": "67108864",
    "ONEDNN_PRIMITIVE_CACHE_CAPACITY": "8192",
}


class Peer:
    """f, h and g out of Hugging Face's classes; g is a second pixel and mask decoder."""

    def __init__(self, main, device="cpu"):
        import copy

        from torch import nn
        from transformers.models.mask2former import modeling_mask2former as parts

        self.main = main.eval()
        config = main.config
        reconstruction = copy.deepcopy(config)
        reconstruction.num_queries = RECONSTRUCTION_QUERIES
        channels = self.main.model.pixel_level_module.encoder.channels
        self.decoder = nn.ModuleDict(
            {
                "pixel_decoder": parts.Mask2FormerPixelDecoder(reconstruction, channels),
                "transformer_module": parts.Mask2FormerTransformerModule(
                    config.feature_size, reconstruction
                ),
            }
        ).eval()
        self.main.to(device)
        self.decoder.to(device)

    def adapted(self):
        encoder = self.main.model.pixel_level_module.encoder
        return list(encoder.parameters()) + list(self.decoder.parameters())

    def forward(self, images):
        output = self.main.model(pixel_values=images)
        norm = self.main.model.transformer_module.decoder.layernorm
        queries = norm(output.transformer_decoder_last_hidden_state)
        return self.main.class_predictor(queries), output.masks_queries_logits[-1]

    def loss(self, normalised, visible):
        import torch
        from torch.nn import functional

        inputs = torch.cat([normalised * visible, visible], 1)
        features = self.main.model.pixel_level_module.encoder(inputs).feature_maps
        pixels = self.decoder["pixel_decoder"](features)
        decoded = self.decoder["transformer_module"](
            multi_scale_features=pixels.multi_scale_features, mask_features=pixels.mask_features
        )
        image = functional.pixel_shuffle(decoded.masks_queries_logits[-1], 4)
        return functional.mse_loss(image.float(), normalised)


def configuration():
    from transformers import Mask2FormerConfig, SwinConfig

    swin = SwinConfig(
        image_size=224,
        num_channels=4,
        embed_dim=96,
        depths=[2, 2, 6, 2],
        num_heads=[3, 6, 12, 24],
        window_size=7,
        drop_path_rate=0.0,
        out_features=["stage1", "stage2", "stage3", "stage4"],
    )
    config = Mask2FormerConfig(backbone_config=swin, num_queries=100, id2label={
        index: f"class {index}" for index in range(19)
    }, use_auxiliary_loss=False)
    return config


def write_model(folder):
    import torch
    from safetensors.torch import save_file
    from transformers import Mask2FormerForUniversalSegmentation

    torch.manual_seed(1)
    peer = Peer(Mask2FormerForUniversalSegmentation(configuration()))
    peer.main.save_pretrained(folder)
    decoder = {f"reconstruction.{n}": v for n, v in peer.decoder.state_dict().items()}
    save_file(decoder, folder / "reconstruction.safetensors")


def read_model(folder, device):
    from safetensors.torch import load_file
    from transformers import Mask2FormerForUniversalSegmentation

    peer = Peer(Mask2FormerForUniversalSegmentation.from_pretrained(folder), device)
    decoder = load_file(folder / "reconstruction.safetensors")
    peer.decoder.load_state_dict({n.removeprefix("reconstruction."): v for n, v in decoder.items()})
    return peer


def steps(options):
    import torch

    torch.set_num_threads(options.threads)
    device = torch.device(options.device)
    peer = read_model(options.model, device)
    generator = torch.Generator().manual_seed(1)
    size = (options.height, options.width)
    normalised = torch.randn(1, 3, *size, generator=generator).expand(options.batch, -1, -1, -1)
    normalised = normalised.contiguous().to(device)
    unmasked = torch.cat([normalised[:1], torch.ones(1, 1, *size, device=device)], 1)
    grid = torch.rand(options.batch, 1, -(-size[0] // PATCH), -(-size[1] // PATCH), generator=generator)
    visible = (grid > MASK_RATIO).float()
    visible = visible.repeat_interleave(PATCH, 2).repeat_interleave(PATCH, 3)
    visible = visible[:, :, : size[0], : size[1]].contiguous().to(device)
    half = {"bf16": torch.bfloat16, "fp16": torch.float16}.get(options.precision)
    optimizer = torch.optim.AdamW(peer.adapted(), lr=1e-4, weight_decay=0.05, fused=True)

    def autocast():
        return torch.autocast(device.type, half, enabled=half is not None)

    def forward():
        with torch.no_grad(), autocast():
            return float(peer.forward(unmasked)[1].flatten()[0])

    def reconstruct():
        with autocast():
            loss = peer.loss(normalised, visible)
        loss.backward()
        return loss.detach()

    def step():
        norm = torch.nn.utils.clip_grad_norm_(peer.adapted(), 0.01)
        optimizer.step()
        return norm

    def timed(work):
        start = time.perf_counter()
        work()
        return 1000 * (time.perf_counter() - start)

    def forward_backward():
        elapsed = timed(lambda: float(reconstruct()))
        optimizer.zero_grad(set_to_none=False)
        return elapsed

    def update():
        float(reconstruct())
        elapsed = timed(lambda: float(step()))
        optimizer.zero_grad(set_to_none=False)
        return elapsed

    def online():
        def work():
            reconstruct()
            norm = step()
            optimizer.zero_grad(set_to_none=False)
            float(norm)
            forward()

        return timed(work)

    result = {}
    for name, work in zip(STEPS, [lambda: timed(forward), forward_backward, update, online]):
        for _ in range(WARM_UP):
            work()
        result[name] = statistics.median(work() for _ in range(options.repetitions))
    Path(options.json).write_text(json.dumps(result))


def compare(options):
    home = Path(__file__).resolve().parents[2]
    size = [
        "--model", str(options.model.resolve()),
        "--height", str(options.height),
        "--width", str(options.width),
        "--batch", str(options.batch),
        "--threads", str(options.threads),
        "--repetitions", str(options.repetitions),
    ]
    half = options.half
    on_gpu = options.device != "cpu"
    peer = [sys.executable, __file__, "steps", *size, "--device", options.device]
    ours = [str(home / "ttt"), "bench", *size, "--device", "gpu:0" if on_gpu else "cpu"]
    commands = {
        "ttt fp32": ours,
        "PyTorch fp32": peer,
        f"ttt {half}": [*ours, "--precision", half],
        f"PyTorch {half} autocast": [*peer, "--precision", half],
    }
    environment = {**os.environ, **ENVIRONMENT, "OMP_NUM_THREADS": str(options.threads)}
    printed = ""
    times = {name: {step: [] for step in STEPS} for name in commands}
    for round_ in range(options.rounds):
        for name, command in commands.items():
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder, "times.json")
                subprocess.run(
                    [*command, "--json", str(file)],
                    env=environment, check=True, stdout=subprocess.DEVNULL,
                )
                measured = json.loads(file.read_text())
            printed = printed or "\n".join(
                f"{key}: {value}" for key, value in measured.get("environment", {}).items()
            )
            for step in STEPS:
                times[name][step].append(measured[step])
    if printed:
        print(printed)
    print(f"{options.height} x {options.width}, batch {options.batch}, {options.threads} thread(s), "
          f"{options.rounds} rounds of {options.repetitions}: median (minimum) of the rounds' medians, ms")
    print("| step | " + " | ".join(commands) + " |")
    print("|---|" + "---|" * len(commands))
    for step in STEPS:
        cells = [
            f"{statistics.median(times[name][step]):.0f} ({min(times[name][step]):.0f})"
            for name in commands
        ]
        print(f"| {step} | " + " | ".join(cells) + " |")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    model = commands.add_parser("model")
    model.add_argument("folder", type=Path)
    for name in ["steps", "compare"]:
        command = commands.add_parser(name)
        command.add_argument("--model", type=Path, required=True)
        command.add_argument("--height", type=int, required=True)
        command.add_argument("--width", type=int, required=True)
        command.add_argument("--batch", type=int, default=4)
        command.add_argument("--threads", type=int, default=1)
        command.add_argument("--repetitions", type=int, default=5)
        command.add_argument("--device", default="cpu")
        if name == "steps":
            command.add_argument("--precision", choices=["fp32", "bf16", "fp16"], default="fp32")
            command.add_argument("--json", required=True)
        else:
            command.add_argument("--half", choices=["bf16", "fp16"], default="bf16")
            command.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if options.command == "model":
        write_model(options.folder)
    elif options.command == "steps":
        steps(options)
    else:
        compare(options)


if __name__ == "__main__":
    main()
