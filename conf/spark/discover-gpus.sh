#!/usr/bin/env bash
# Tells Spark which GPUs this machine has, as Spark's resource discovery asks for it:
#   {"name": "gpu", "addresses": ["0", "1"]}
# CUDA_VISIBLE_DEVICES, where it is set, leaves only some of them.
set -euo pipefail

if [ -n "${CUDA_VISIBLE_DEVICES:-}" ]; then
  indices="$(printf '%s' "$CUDA_VISIBLE_DEVICES" | tr ',' '\n')"
else
  indices="$(nvidia-smi --query-gpu=index --format=csv,noheader)"
fi
addresses="$(printf '%s\n' "$indices" | sed -e 's/[[:space:]]//g' -e '/^$/d' -e 's/.*/"&"/' | paste -sd, -)"
printf '{"name": "gpu", "addresses": [%s]}\n' "$addresses"
