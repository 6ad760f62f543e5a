#!/usr/bin/env python3
"""Counts instructions with valgrind's callgrind and holds them to thresholds: `make bench-check`.

    check.py PROGRAM IN_PROCESS [--record]

Instructions are the same whatever else the machine does, so that a few percent are a change and no noise. They
differ between compilers and processors: thresholds.json has a set for each, and `--record` writes the present one.
"""

import argparse
import json
import platform
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import workload

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parent / "examples" / "one-account" / "ready"
THRESHOLDS = HERE / "thresholds.json"
# What a run may differ by without being a change: addresses of the loader, the number of files in a folder.
TOLERANCE = 0.02


def example():
    text = (EXAMPLE / "command.sh").read_text()
    return shlex.split(text.replace("\\\n", " "), comments=True)[1:]


def cases(program, in_process, folder):
    stream = folder / "requests.ndjson"
    workload.write(stream, 200)
    return {
        "start-up": [program, "--version"],
        "sample copy": [program, *example()],
        "simulate, 200 lines": [program, "simulate", "--lines", "--input", stream],
        "eight proofs": [in_process, "proofs", EXAMPLE, 1],
        "patterns": [in_process, "patterns", 1],
        "YAML": [in_process, "yaml", 5, HERE / "template.yaml"],
        "JSON": [in_process, "json", 5, *sorted(EXAMPLE.glob("*.json"))],
    }


def instructions(command):
    result = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *map(str, command)],
        cwd=EXAMPLE, capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", result.stderr)
    if not found:
        sys.exit(f"{shlex.join(map(str, command))}: {result.stderr}")
    return int(found.group(1))


def machine():
    version = subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout
    found = re.search(r"Swift version (\S+)", version)
    return f"{platform.system()} {platform.machine()}, Swift {found.group(1) if found else '?'}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("in_process")
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    thresholds = json.loads(THRESHOLDS.read_text())
    known = thresholds.get(machine())
    if known is None and not options.record:
        print(f"no thresholds for {machine()}: record them with `make bench-check RECORD=1`")
        return
    counts, failed = {}, False
    with tempfile.TemporaryDirectory(prefix="lint-copy-bench.") as folder:
        paths = (Path(options.program).resolve(), Path(options.in_process).resolve())
        for name, command in cases(*paths, Path(folder)).items():
            counts[name] = instructions(command)
            line = f"{name}: {counts[name]:,} instructions"
            if known and name in known:
                change = counts[name] / known[name] - 1
                failed = failed or change > TOLERANCE
                line += f", {change:+.1%} of {known[name]:,}" + ("  ← too many" if change > TOLERANCE else "")
            print(line, flush=True)
    if options.record:
        thresholds[machine()] = counts
        THRESHOLDS.write_text(json.dumps(thresholds, indent=2) + "\n")
    elif failed:
        sys.exit("more instructions than the thresholds; `make bench-check RECORD=1` where that is wanted")


if __name__ == "__main__":
    main()
