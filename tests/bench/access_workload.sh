#!/usr/bin/env bash
# access_workload.sh BUILD_DIR [DATA_DIR] [PEER]...: one process from roads to answers, with peers in turn, and the ratios.
# A peer is a program that takes DATA_DIR and prints {"t": {"build", "one", "hundred", "one_to_all"}, "agg": {...}}.
set -euo pipefail
build=$1
data=${2:-/tmp/benchdata}
shift $(($# < 2 ? $# : 2))
own=$("$build/bin/access_workload" "$data" fgb "${OUT:-}")
echo "zonewright $own"
for peer in "$@"; do
    [[ -x $peer ]] || { echo "$peer: not there"; continue; }
    theirs=$("$peer" "$data")
    echo "$(basename "$peer") $theirs"
    python3 - "$own" "$theirs" <<'PY'
import json, sys
own, theirs = (json.loads(a) for a in sys.argv[1:])
for name in ("one", "hundred", "one_to_all"):
    if name in theirs["t"]: print("  %-12s %6.1f times as fast" % (name, theirs["t"][name] / own["t"][name]))
for name in ("n1", "full1", "part1", "n100", "full100", "all_max_ms", "all_sum_ms"):
    if name in theirs["agg"] and theirs["agg"][name] != own["agg"][name]: print("  DIFFERS", name, own["agg"][name], theirs["agg"][name])
PY
done
