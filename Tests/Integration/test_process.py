"""What only a real process can show: exit codes, the two streams, pipes and signals."""

import os
import pathlib
import signal
import subprocess
import threading
import time

import pytest

POLICY = b'{"Version": "2012-10-17", "Statement": []}'


@pytest.fixture
def policy(tmp_path):
    """A policy in a folder of its own."""
    path = tmp_path / "role.json"
    path.write_bytes(POLICY)
    return path


def assert_refused(done, line):
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"lint-copy: " + line + b"\n"


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "--help"]])
def test_an_answer_is_exit_code_0(run, arguments):
    done = run(*arguments)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith((b"OVERVIEW: ", b"lint-copy "))


def test_wrong_usage_is_exit_code_2(run):
    done = run("--nonsense")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"lint-copy: unknown option `--nonsense`\n")


def test_a_missing_file_is_exit_code_2(run, tmp_path):
    assert_refused(run("--role", "no.json", cwd=tmp_path), b"cannot read `no.json`: no such file")


def test_standard_input_is_read(run, policy):
    from_file = run("--role", str(policy), "--as-of", "2026-11-21")
    from_input = run(
        "--role", "-", "--stdin-filename", str(policy), "--as-of", "2026-11-21", input=POLICY)
    assert from_file.stdout == from_input.stdout != b""
    assert from_file.returncode == from_input.returncode


def test_a_named_pipe_is_read(run, tmp_path):
    pipe = tmp_path / "role.json"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(POLICY,))
    writer.start()
    done = run("--role", str(pipe))
    writer.join()
    assert done.returncode in (0, 1), done.stderr


def test_a_growing_file_ends_at_the_limit(run, tmp_path):
    pipe = tmp_path / "role.json"
    os.mkfifo(pipe)

    def grow():
        try:
            with open(pipe, "wb", buffering=0) as file:
                while True:
                    file.write(b" " * 65536)
        except BrokenPipeError:
            pass

    writer = threading.Thread(target=grow)
    writer.start()
    done = run("--role", str(pipe))
    writer.join()
    assert_refused(done, b"cannot read `%s`: it is larger than 32 MiB" % bytes(pipe))


def test_a_closed_pipe_ends_quietly(program, policy):
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [program, "--role", policy], stdout=writer, stderr=subprocess.PIPE, timeout=60)
    os.close(writer)
    assert done.returncode in (0, 1)
    assert done.stderr == b""


@pytest.mark.skipif(not pathlib.Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_exit_code_2(program, policy):
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [program, "--role", policy], stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 2
    assert done.stderr == b"lint-copy: cannot write standard output: no space left on the device\n"


@pytest.mark.skipif(not pathlib.Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_leaves_no_file_behind(run, policy):
    assert_refused(
        run("--role", str(policy), "--output-file", "/dev/full"),
        b"cannot write `/dev/full`: no space left on the device")


def test_closed_standard_output_is_exit_code_2(program, policy):
    done = subprocess.run(
        ["sh", "-c", '"$0" --role "$1" >&-', program, policy], stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 2
    assert done.stderr == b"lint-copy: cannot write standard output: it is closed\n"


def test_a_report_replaces_a_file_whole(run, policy, tmp_path):
    report = tmp_path / "report.txt"
    report.write_text("the old report")
    report.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(report)
    done = run("--role", str(policy), "--output-file", str(link), "--as-of", "2026-11-21")
    assert done.returncode in (0, 1) and done.stdout == b""
    assert link.is_symlink()
    assert report.stat().st_mode & 0o777 == 0o640
    assert report.read_bytes() == run("--role", str(policy), "--as-of", "2026-11-21").stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.txt", "report.txt", "role.json"]


def test_a_report_into_a_folder_that_is_not_there_is_refused(run, policy, tmp_path):
    path = tmp_path / "no" / "report.txt"
    assert_refused(
        run("--role", str(policy), "--output-file", str(path)),
        b"cannot write `%s`: no such file" % bytes(path))


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_waiting_run(program, name):
    process = subprocess.Popen(
        [program, "--role", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE)
    time.sleep(0.3)
    process.send_signal(name)
    output, errors = process.communicate(timeout=10)
    assert process.returncode == -name
    assert (output, errors) == (b"", b"")


def test_no_locale_and_no_environment_are_needed(program, policy):
    done = subprocess.run(
        [program, "--role", policy, "--as-of", "2026-11-21"], env={}, capture_output=True, timeout=60)
    with_locale = subprocess.run(
        [program, "--role", policy, "--as-of", "2026-11-21"], env={"LC_ALL": "de_DE.UTF-8"},
        capture_output=True, timeout=60)
    assert done.returncode == with_locale.returncode in (0, 1)
    assert done.stdout == with_locale.stdout != b""


def test_a_name_that_drives_the_terminal_is_shown_escaped(run, tmp_path):
    assert_refused(
        run("--role", "\x1b[2J.json", cwd=tmp_path),
        rb"cannot read `\u{1b}[2J.json`: no such file")


FORMATS = ["text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown", "html"]


def test_every_run_writes_the_same_bytes(run, root, tmp_path):
    bundle = root / "examples" / "across-accounts" / "wrong-source-account"
    documents = sorted(str(path) for path in [*bundle.glob("*.json"), *(bundle.parent / "ready").glob("*.json")])
    written = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        folder.mkdir()
        arguments = [f"--output-format={name}={folder / name}" for name in FORMATS]
        run(*arguments, "--as-of", "2026-11-21", *documents)
        written.append({name: (folder / name).read_bytes() for name in FORMATS})
    assert all(written[0].values())
    assert written[0] == written[1]
