"""docs/at-scale.md, run as it stands: the same requests have the same answers however they are cut."""

import importlib.util
import json
import os
import re
import shutil
import subprocess

import pytest


def needed(name):
    """A program of Debian's, installed where it is missing."""
    if not shutil.which(name):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], capture_output=True, env=environment)
        subprocess.run(["apt-get", "install", "-qq", "-y", name], capture_output=True, env=environment)
    assert shutil.which(name), f"there is no {name}, and it cannot be installed here"


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def workload(root):
    return load(root / "Benchmarks" / "workload.py")


@pytest.fixture(scope="module")
def folder(root, program, workload, tmp_path_factory):
    """A folder with requests and accounts, in which the page's commands have been run."""
    needed("parallel"), needed("jq")
    folder = tmp_path_factory.mktemp("scale")
    workload.write(folder / "requests.ndjson", 2000)
    with open(folder / "requests.ndjson", "a", encoding="utf-8") as file:
        # What a run must survive: a line that is none, an empty one, and names beyond ASCII.
        file.write('{"PolicyInputList": [\n\n')
        file.write('{"PolicyInputList": [], "ActionNames": ["s3:GetObject"], "ResourceArns": ["arn:aws:s3:::a/ü😀"]}\n')
    ready = root / "examples" / "one-account" / "ready"
    for number in range(8):
        account = folder / "accounts" / f"{number:012}"
        shutil.copytree(ready, account, ignore=shutil.ignore_patterns("README.md", "expected.txt", "command.sh"))
    trust = folder / "accounts" / f"{3:012}" / "trust.json"
    trust.write_text(trust.read_text().replace(":eventdatastore/", ":eventdataStore/"))

    tools = tmp_path_factory.mktemp("tools")
    (tools / "lint-copy").symlink_to(program)
    page = (root / "docs" / "at-scale.md").read_text()
    blocks = re.findall(r"^```sh\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)
    assert len(blocks) == 5
    done = subprocess.run(
        ["bash", "-eu", "-o", "pipefail", "-c", "\n".join(blocks)], cwd=folder, capture_output=True, text=True,
        env={**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "PARALLEL_HOME": str(tools)}, timeout=300)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("way", ["xargs", "parallel"])
def test_answers_merge_by_concatenation(folder, way):
    def answers(name):
        # An error names the line of what its run read.
        return re.sub(rb'^(\{"error":.*"line":)\d+', rb"\1N", (folder / name).read_bytes(), flags=re.MULTILINE)

    single = answers("answers.ndjson")
    assert single.count(b"\n") >= 2002 and single.count(b'"line":N') == 2
    assert answers(f"answers-of-{way}.ndjson") == single


def test_the_work_was_cut(folder):
    assert len(list(folder.glob("piece.*"))) == 4
    assert all(path.stat().st_size > 0 for path in folder.glob("answers.piece.*"))


def test_reports_merge_by_concatenation(folder):
    lines = (folder / "findings.txt").read_text().splitlines()
    assert len([line for line in lines if line.endswith("[event-data-store-arn-case]")]) == 1
    assert any(line.startswith(f"accounts/{3:012}/trust.json:13:") for line in lines)
    findings = json.loads((folder / "findings.json").read_text())
    assert [f["path"] for f in findings if f["severity"] == "error"] == [f"accounts/{3:012}/trust.json"]
    verdicts = dict(reversed(line.split()) for line in (folder / "verdicts.txt").read_text().splitlines())
    assert verdicts["blocked"] == "1" and sum(map(int, verdicts.values())) == 8


def test_the_function_of_the_map_answers_a_batch(root, program, folder, monkeypatch):
    monkeypatch.setenv("LINT_COPY", program)
    handler = load(root / "examples" / "at-scale" / "handler.py").handler
    items = [json.loads(line) for line in (folder / "requests.ndjson").read_text().splitlines()[:50]]
    answers = handler({"Items": items}, None)
    expected = (folder / "answers.ndjson").read_text().splitlines()[:50]
    assert answers == [json.loads(line) for line in expected]


def test_the_template_of_the_map_is_one(root):
    done = subprocess.run(
        ["cfn-lint", root / "examples" / "at-scale" / "state-machine.yaml"],
        capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
