#!/usr/bin/env python3
"""Every figure of docs/performance.md, each a ratio measured in one run: `make bench`.

    bench.py PROGRAM IN_PROCESS [--only WORD]…

PROGRAM is the release build, IN_PROCESS the program of Benchmarks/Program. Times are processor times unless
a row says otherwise, and the shortest of several runs, so that what else the machine does counts little. Peers
come from PyPI into a folder that is thrown away.
"""

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import workload

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parent / "examples" / "one-account" / "ready"
PEERS = ["orjson", "parliament", "cfn-lint", "moto"]


class Bench:
    def __init__(self, program, in_process, only, folder):
        self.program = str(Path(program).resolve())
        self.in_process = str(Path(in_process).resolve())
        self.only = only
        self.folder = Path(folder)
        self.rows = []
        self.made = {}

    # Tools

    def run(self, *command, cwd=None):
        result = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True)
        if result.returncode != 0:
            sys.exit(f"{shlex.join(map(str, command))}: {result.returncode}\n{result.stdout}{result.stderr}")
        return result.stdout

    def once(self, name, make):
        if name not in self.made:
            self.made[name] = make()
        return self.made[name]

    def compiled(self, name, *flags):
        """A C program of Peers/."""
        def make():
            path = self.folder / name
            self.run("cc", "-O2", "-o", path, HERE / "Peers" / f"{name}.c", *flags)
            return path
        return self.once(name, make)

    def empty(self):
        """A static Swift program that does nothing."""
        def make():
            path = self.folder / "empty-program"
            static = ["-static-stdlib"] if sys.platform != "darwin" else []
            self.run("swiftc", "-O", *static, "-o", path, HERE / "Peers" / "empty.swift")
            self.run("strip", path)
            return path
        return self.once("empty", make)

    def python(self):
        """An environment with the peers."""
        def make():
            path = self.folder / "environment"
            self.run(sys.executable, "-m", "venv", path)
            self.run(path / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check",
                     "orjson", "parliament", "cfn-lint", "setuptools<81")
            self.run(path / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "moto")
            return path / "bin"
        return self.once("python", make)

    def measure(self, runs, *command, cwd=None, codes=(0,)):
        """Shortest processor and wall time in seconds, and the largest memory in bytes."""
        output = self.run(self.compiled("measure"), runs, *command, cwd=cwd)
        cpu, wall, memory, code = map(int, output.split())
        if code not in codes:
            sys.exit(f"{shlex.join(map(str, command))} exited with {code}")
        return {"cpu": cpu / 1e6, "wall": wall / 1e6, "memory": memory * 1024}

    def figures(self, *arguments):
        """What the in-process program reports, by name."""
        lines = self.run(self.in_process, *arguments).splitlines()
        return {line["name"]: line["value"] for line in map(json.loads, lines)}

    def row(self, what, ours, against, ratio, aim, met):
        self.rows.append((what, ours, against, ratio, aim, met))
        print(f"{what}: {ours}; {against}; {ratio} (aim: {aim}){'' if met else '  ← falls short'}", flush=True)

    # Inputs

    def example(self):
        """The command of the ready example, its eight policies and answers of the AWS CLI."""
        text = (EXAMPLE / "command.sh").read_text()
        words = shlex.split(text.replace("\\\n", " "), comments=True)
        return [self.program] + words[1:]

    def policies(self):
        """AWS's managed policies as moto ships them, one file each."""
        def make():
            folder = self.folder / "policies"
            folder.mkdir()
            script = (
                "import importlib.util, pathlib, json, sys\n"
                "root = pathlib.Path(importlib.util.find_spec('moto').origin).parent\n"
                "names = {}\n"
                "exec((root / 'iam' / 'aws_managed_policies.py').read_text(), names)\n"
                "data = names['aws_managed_policies_data']\n"
                "data = json.loads(data) if isinstance(data, str) else data\n"
                "for name in sorted(data)[:305]:\n"
                "    pathlib.Path(sys.argv[1], name.replace('/', '-') + '.json').write_text(\n"
                "        json.dumps(data[name]['Document'], indent=4))\n")
            self.run(self.python() / "python", "-c", script, folder)
            return sorted(folder.iterdir())
        return self.once("policies", make)

    def as_yaml(self):
        """The same policies as YAML, and the template."""
        def make():
            folder = self.folder / "yaml"
            folder.mkdir()
            script = (
                "import json, pathlib, sys, yaml\n"
                "for path in sys.argv[2:]:\n"
                "    text = yaml.safe_dump(json.loads(pathlib.Path(path).read_text()), sort_keys=False)\n"
                "    pathlib.Path(sys.argv[1], pathlib.Path(path).stem + '.yaml').write_text(text)\n")
            self.run(self.python() / "python", "-c", script, folder, *self.policies())
            return sorted(folder.iterdir()) + [HERE / "template.yaml"]
        return self.once("yaml", make)

    # Figures

    def cold(self):
        empty = self.measure(40, self.empty())
        ours = self.measure(40, *self.example(), cwd=EXAMPLE)
        empty2 = self.measure(40, self.empty())
        nothing = min(empty["cpu"], empty2["cpu"])
        ratio = ours["cpu"] / nothing
        self.row("cold run, sample copy", ms(ours["cpu"]), f"empty static Swift program {ms(nothing)}",
                 times(ratio), "at most 2.5 times", ratio <= 2.5)
        more = (ours["memory"] - max(empty["memory"], empty2["memory"])) / 2**20
        self.row("peak memory, sample copy", f"{ours['memory'] / 2**20:.1f} MiB",
                 f"empty program {empty['memory'] / 2**20:.1f} MiB", f"{more:.1f} MiB more", "at most 8 MiB more",
                 more <= 8)
        return ours["cpu"]

    def linters(self):
        ours = self.measure(20, *self.example(), cwd=EXAMPLE)["cpu"]
        # With --file it waits for a terminal; a folder with one policy is one policy, too.
        policy = self.folder / "one-policy"
        policy.mkdir()
        shutil.copy(EXAMPLE / "role.json", policy)
        parliament = self.measure(3, self.python() / "parliament", "--directory", policy, codes=(0, 1))["cpu"]
        self.row("the same", ms(ours), f"parliament on one policy {ms(parliament)}", f"{parliament / ours:.0f} times faster",
                 "50 times", parliament / ours >= 50)
        cfn = self.measure(2, self.python() / "cfn-lint", HERE / "template.yaml", codes=(0, 2, 4, 6, 8, 12, 14))["cpu"]
        self.row("the same", ms(ours), f"cfn-lint on one template {ms(cfn)}", f"{cfn / ours:.0f} times faster",
                 "250 times", cfn / ours >= 250)

    def json_parsing(self):
        ours = self.figures("json", 100, *self.policies())["parsing"] / 1e6
        script = (
            "import orjson, pathlib, sys, time\n"
            "texts = [pathlib.Path(path).read_bytes() for path in sys.argv[1:]]\n"
            "best = 9e9\n"
            "for _ in range(100):\n"
            "    start = time.process_time_ns()\n"
            "    for text in texts: orjson.loads(text)\n"
            "    best = min(best, time.process_time_ns() - start)\n"
            "print(best)\n")
        orjson = int(self.run(self.python() / "python", "-c", script, *self.policies())) / 1e9
        size = sum(path.stat().st_size for path in self.policies())
        self.row(f"JSON with positions, {len(self.policies())} managed policies × 100",
                 f"{size / ours / 1e6:.0f} MB/s", f"orjson.loads {size / orjson / 1e6:.0f} MB/s",
                 f"{orjson / ours:.2f} times as fast", "at least as fast", ours <= orjson)

    def yaml_parsing(self):
        flags = shlex.split(self.run("pkg-config", "--cflags", "--libs", "yaml-0.1"))
        loop = self.compiled("yaml_loop", *flags)
        ours = self.figures("yaml", 20, *self.as_yaml())["parsing"] / 1e6
        theirs = int(self.run(loop, 20, *self.as_yaml())) / 1e9
        size = sum(path.stat().st_size for path in self.as_yaml())
        self.row("YAML with positions, the same as YAML", f"{size / ours / 1e6:.1f} MB/s",
                 f"C loop over yaml_parser_parse {size / theirs / 1e6:.1f} MB/s", times(ours / theirs),
                 "at most 1.3 times", ours / theirs <= 1.3)

    def simulate(self):
        few, many = self.folder / "few.ndjson", self.folder / "many.ndjson"
        size = workload.write(few, 20_000) / 20_000
        workload.write(many, 80_000)
        def answer(path):
            return self.measure(3, self.program, "simulate", "--lines", "--input", path)
        short, long = answer(few), answer(many)
        rate = 60_000 / (long["cpu"] - short["cpu"])
        self.row(f"simulate --lines, {size / 1000:.1f} kB a line, one core", f"{rate:,.0f} decisions/s",
                 "itself", f"{80_000 / long['cpu']:,.0f} decisions/s with start-up", "100,000 decisions/s", rate >= 100_000)
        linear = (long["cpu"] / 80_000) / (short["cpu"] / 20_000)
        self.row("the same, four times the lines", f"{times(linear)} a line", "20,000 lines", times(linear),
                 "linear", linear <= 1.1)
        more = (long["memory"] - short["memory"]) / 2**20
        self.row("the same, memory", f"{long['memory'] / 2**20:.1f} MiB", f"{short['memory'] / 2**20:.1f} MiB",
                 f"{more:+.1f} MiB", "flat", more < 1)
        inside = self.figures("decisions", few, 5)["NDJSON in process"]
        alone = self.figures("evaluation", 5)["evaluation alone"]
        self.row("the same in process", f"{inside:,.0f} decisions/s", "itself", "–", "–", True)
        self.row("evaluation alone", f"{alone:,.0f} decisions/s", "itself", "–", "–", True)

    def proofs(self):
        proofs = self.figures("proofs", EXAMPLE, 50)
        together = proofs.pop("eight proofs")
        longest = max(proofs, key=proofs.get)
        self.row("the sample copy's eight proofs", f"{together:,.0f} µs", f"{longest} {proofs[longest]:,.0f} µs", "–",
                 "under 1 ms together", together < 1_000)
        patterns = self.figures("patterns", 5)
        worst = patterns.pop("200 patterns with four wildcards each")
        for kind in ["prefixes", "running patterns"]:
            values = [patterns[f"{count} {kind}"] for count in (1, 10, 100, 1_000)]
            shown = " · ".join(f"{value:,.0f}" for value in values)
            ratio = values[3] / values[2]
            self.row(f"a proof over 1, 10, 100, 1,000 {kind}", f"{shown} µs", "itself",
                     f"1,000 take {ratio:.1f} times as long as 100", "near linear", ratio <= 13)
        self.row("200 patterns with four wildcards each", f"{worst / 1000:,.0f} ms", "itself", "–",
                 "well under a second", worst < 500_000)
        copy = self.figures("copy", EXAMPLE, 50)["judging the whole copy"]
        self.row("judging the sample copy, in process", f"{copy:,.0f} µs", "itself", "–", "–", True)

    def many_copies(self):
        root = self.folder / "copies"
        names = workload.write_copies(root, EXAMPLE, 1_000)
        together = self.measure(2, self.program, cwd=root, codes=(0,))
        single = root / names[0]
        alone = self.measure(20, self.program, "--config", single / "lint-copy.yaml", cwd=single, codes=(0,))
        # Single runs on two cores, as `xargs -P2` does it.
        batch = self.measure(
            2, "sh", "-c", f"seq 200 | xargs -P2 -I@ {shlex.quote(self.program)} --config lint-copy.yaml",
            cwd=single)["wall"] * 5
        ratio = batch / together["wall"]
        self.row("1,000 copies in one repository, two cores, wall time", f"{together['wall']:.2f} s",
                 f"1,000 single runs {batch:.2f} s", f"{ratio:.1f} times as fast", "at least 5 times", ratio >= 5)
        ratio = alone["cpu"] * 1_000 / together["cpu"]
        self.row("the same, processor time", f"{together['cpu']:.2f} s",
                 f"1,000 single runs {alone['cpu'] * 1_000:.2f} s", f"{ratio:.1f} times as little", "–", True)

    def size(self):
        size = os.path.getsize(self.program) / 1e6
        self.row("release file, stripped", f"{size:.1f} MB", f"empty program {os.path.getsize(self.empty()) / 1e6:.1f} MB",
                 "–", "at most 24 MB", size <= 24)

    def inventory(self):
        folder = self.folder / "inventory"
        rows = workload.write_inventory(folder, 1_000_000)
        command = self.example() + [folder / "manifest.json", folder / rows]
        plain = self.measure(2, *self.example(), cwd=EXAMPLE)["cpu"]
        result = subprocess.run([str(part) for part in command], cwd=EXAMPLE, capture_output=True, text=True)
        if result.returncode == 2:
            self.row("an S3 Inventory of a million rows", result.stderr.strip().splitlines()[0], "wc -l", "–", "–", False)
            return
        ours = self.measure(2, *command, cwd=EXAMPLE, codes=(0, 1))
        count = self.measure(3, "wc", "-l", folder / rows)["cpu"]
        size = os.path.getsize(folder / rows)
        self.row("an S3 Inventory of a million rows", f"{ours['cpu'] - plain:.2f} s, {size / (ours['cpu'] - plain) / 1e6:.0f} MB/s",
                 f"wc -l {count:.2f} s", times((ours["cpu"] - plain) / count), "–", True)
        small = self.folder / "small-inventory"
        few = workload.write_inventory(small, 1_000)
        less = self.measure(2, *self.example(), small / "manifest.json", small / few, cwd=EXAMPLE, codes=(0, 1))
        ratio = ours["memory"] / less["memory"]
        self.row("the same, memory", f"{ours['memory'] / 2**20:.1f} MiB for a file of {size / 2**20:.0f} MiB",
                 f"a thousand rows {less['memory'] / 2**20:.1f} MiB", times(ratio), "at most 1.1 times", ratio <= 1.1)

    FIGURES = ["cold", "linters", "json_parsing", "yaml_parsing", "simulate", "proofs", "many_copies", "size", "inventory"]

    def table(self):
        print("\n| what | here | against | ratio | aim |\n| --- | --- | --- | --- | --- |")
        for what, ours, against, ratio, aim, met in self.rows:
            print(f"| {what} | {ours} | {against} | {ratio} | {aim}{'' if met else ': **falls short**'} |")


def ms(seconds):
    return f"{seconds * 1000:,.1f} ms"


def times(ratio):
    return f"{ratio:.2f} times"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("in_process")
    parser.add_argument("--only", action="append", choices=Bench.FIGURES, default=[])
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="lint-copy-bench.")
    try:
        bench = Bench(options.program, options.in_process, options.only, folder)
        for figure in options.only or Bench.FIGURES:
            getattr(bench, figure)()
        bench.table()
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
