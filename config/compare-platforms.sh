#!/usr/bin/env bash
# Runs one sweep with the builds for Spark 4.1 and for Spark 3.5, each in a folder of its own, and twice in a
# folder that one of them begins and the other ends, in the middle of a unit; then compares all rows bit for
# bit, times and host left out.
#
#   config/compare-platforms.sh [FOLDER]     (needs Python with pyarrow; PYTHON names another than python3)
set -euo pipefail
home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
folder="${1:-$(mktemp -d)}"
mkdir -p "$folder"
cat >"$folder/sweep.yaml" <<EOF
datasets:
  - {name: embedded, splits: [test], videos: [test-dusk]}
models:
  - {label: feature-pyramid, joint: $home/conf/models/demo/joint}
preset: small
methods:
  - {method: mae-joint-training}
  - {method: online-ttt-mae}
EOF

sweep() {
  TTT_SPARK="$1" "$home/ttt" sweep --config "$folder/sweep.yaml" --output "$folder/$2" --master 'local[1]' \
    --no-report --checkpoint-minutes 0 >>"$folder/$2.log" 2>&1
}

# Begins with one build and ends with the other, after the first has kept checkpoints of the unit in work.
hand_over() {
  local name="$1-then-$2" begun
  sweep "$1" "$name" &
  begun=$!
  until [ "$(find "$folder/$name/checkpoints" -type f 2>/dev/null | wc -l)" -gt 0 ]; do
    kill -0 "$begun" 2>/dev/null || { echo "$name: ended before it could be handed over" >&2; exit 1; }
    sleep 0.2
  done
  sleep 2
  # The launcher, below the function's shell, passes the signal on.
  pkill -TERM -P "$begun" || true
  wait "$begun" || true
  echo "$name: $(find "$folder/$name/checkpoints" -type f | wc -l) files of checkpoints handed over"
  sweep "$2" "$name"
}

for spark in 4.1 3.5; do TTT_SPARK="$spark" "$home/ttt" --version >/dev/null; done
sweep 4.1 4.1
sweep 3.5 3.5
hand_over 3.5 4.1
hand_over 4.1 3.5

"${PYTHON:-python3}" - "$folder" <<'EOF'
import pathlib
import sys

import pyarrow.parquet as parquet

LEFT_OUT = {"seconds_load", "seconds_adapt", "seconds_predict", "seconds_evaluate", "host"}


def rows(folder):
    """The rows of every file by its path; repr tells every bit of a number, and NaN is NaN."""
    found = {}
    for file in sorted((folder / "metrics").rglob("*.parquet")):
        table = parquet.ParquetFile(file).read()
        kept = table.select([name for name in table.column_names if name not in LEFT_OUT])
        found[str(file.relative_to(folder))] = [repr(row) for row in kept.to_pylist()]
    return found


base = pathlib.Path(sys.argv[1])
expected = rows(base / "4.1")
count = sum(map(len, expected.values()))
assert count > 0, "no rows"
for other in ["3.5", "3.5-then-4.1", "4.1-then-3.5"]:
    assert rows(base / other) == expected, f"{other}: rows differ from those of 4.1"
    print(f"{other}: {count} rows in {len(expected)} files, equal to those of 4.1")
EOF
