#!/usr/bin/env bash
# All that docs/benchmarks.md wants to know of a GPU, in one run of about a quarter of an hour: steps in
# fp32 and fp16 beside PyTorch on the same card, seconds per frame of the fixed model and online TTT-MAE,
# kernels and synchronisations of a step. Nothing of it has been run yet: the project was measured on
# CPUs only.
#
#   PYTORCH_LIBRARY_PATH=/opt/libtorch/lib PYTORCH_FLAVOR=cu128 PYTHON=/opt/venv/bin/python \
#     config/benchmarks/gpu.sh OUTPUT
#
# Needs a libtorch of exactly 2.7.1 with CUDA (docs/cluster.md), a PyTorch with CUDA, transformers, scipy
# and safetensors for PYTHON, and, for the profile, nsys.
set -euo pipefail

[ $# = 1 ] || { echo "usage: $0 OUTPUT" >&2; exit 2; }
: "${PYTORCH_LIBRARY_PATH:?a folder with libtorch 2.7.1 for CUDA}" "${PYTORCH_FLAVOR:?for example cu128}"
output="$1"
python="${PYTHON:-python3}"
home="$(cd "$(dirname "$0")/../.." && pwd)"
mkdir -p "$output"
model="$output/model"
[ -f "$model/config.json" ] || "$python" "$home/config/benchmarks/pytorch_peer.py" model "$model"
nvidia-smi > "$output/nvidia-smi.txt"

for size in "512 1024 8" "1024 2048 2"; do
  read -r height width batch <<< "$size"
  "$python" "$home/config/benchmarks/pytorch_peer.py" compare --model "$model" --device cuda \
    --half fp16 --height "$height" --width "$width" --batch "$batch" --rounds 3 \
    | tee "$output/steps-${height}x${width}.md"
done

# Seconds per frame of whole units: decoding, steps, prediction, metrics.
for height in 512 1024; do
  for precision in fp32 fp16; do
    "$home/ttt" sweep --config "$home/conf/sweeps/demo.yaml" --device gpu:0 --master 'local[1]' \
      --set "height=$height" --set "width=$((2 * height))" --set "precision=$precision" \
      --output "$output/frames-$height-$precision" 2>&1 | tail -n 3 | tee "$output/frames-$height-$precision.txt"
  done
done

if command -v nsys > /dev/null; then
  nsys profile --trace cuda --output "$output/step" --force-overwrite true \
    "$home/ttt" bench --model "$model" --device gpu:0 --height 512 --width 1024 --batch 8 --repetitions 1
  nsys stats --report cuda_api_sum,cuda_gpu_kern_sum "$output/step.nsys-rep" | tee "$output/step.txt"
fi
