"""The libraries in another program, and their pages."""

import pathlib
import re
import shutil
import subprocess

import pytest


@pytest.fixture(scope="module")
def judge(root):
    """The example program, built as a package of its own that depends on this one."""
    package = root / "examples" / "embedding"
    scratch = root / ".build-embedding"
    command = ["swift", "build", "--package-path", package, "--scratch-path", scratch]
    done = subprocess.run(command, capture_output=True, text=True, timeout=1500)
    assert done.returncode == 0, done.stdout + done.stderr
    folder = subprocess.run([*command, "--show-bin-path"], capture_output=True, text=True, check=True).stdout.strip()
    return pathlib.Path(folder) / "judge"


def test_a_program_in_swift_judges_a_good_copy(root, judge):
    done = subprocess.run([judge, root / "examples/one-account/ready"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("history is unproven\n")
    assert "violated" not in done.stdout
    assert "\nno findings in 4 documents\n" in done.stdout


def test_a_program_in_swift_judges_a_broken_copy(root, judge, tmp_path):
    for name in ["role", "bucket", "key"]:
        shutil.copy(root / f"examples/one-account/ready/{name}.json", tmp_path)
    shutil.copy(root / "examples/one-account/old-spelling/trust.json", tmp_path)
    done = subprocess.run([judge, tmp_path], capture_output=True, text=True)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0] == "history is blocked"
    assert "  sts-assume-role is violated: not allowed by the trust policy" in lines
    assert any(re.match(r"trust\.json:13:71: error: .*\[event-data-store-arn-case\]$", line) for line in lines)


def test_it_says_what_the_program_says(root, run, judge):
    """The library and the command line judge alike."""
    folder = root / "examples/one-account/list-on-objects"
    library = subprocess.run([judge, folder], capture_output=True, text=True).stdout.splitlines()
    options = [part for name in ["role", "bucket"] for part in (f"--{name}", f"{name}.json")]
    program = run(
        *options, "--no-config", "--as-of", "2026-11-21", "--output-format", "concise",
        "--source", "s3://acme-trail-logs/AWSLogs/111122223333/CloudTrail/", cwd=folder).stdout.decode().splitlines()
    findings = [line for line in program if re.search(r"\[[a-z0-9-]+\]$", line)]
    assert findings and findings == [line for line in library if re.search(r"\[[a-z0-9-]+\]$", line)]


def test_the_pages_of_the_libraries_link_to_what_there_is(root, program):
    build = pathlib.Path(program).resolve().parent
    done = subprocess.run([root / "Scripts/check-documentation", build], capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"documentation: the pages of \d+ libraries\n", done.stdout)
