"""What goes wrong around a run: each fault has its exit code and its line, and loses nothing."""

import os
import pathlib
import random
import resource
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading
import time

import pytest

POLICY = b'{"Version": "2012-10-17", "Statement": []}'
NOBODY = 65534


@pytest.fixture
def policy(tmp_path):
    path = tmp_path / "role.json"
    path.write_bytes(POLICY)
    return path


@pytest.fixture
def mending(root, tmp_path):
    """A copy whose trust policy `--fix` mends, and the arguments that judge it."""
    shutil.copytree(root / "examples/one-account", tmp_path / "copy")
    folder = tmp_path / "copy/old-spelling"
    text = (folder / "command.sh").read_text()
    command = "".join(line for line in text.splitlines(True) if not line.startswith("#"))
    return folder, shlex.split(command.replace("\\\n", " "))[1:]


def leftovers(folder):
    return [path.name for path in folder.iterdir() if ".lint-copy-" in path.name]


def one_line(errors):
    lines = [line for line in errors.decode().splitlines() if not line.startswith("  = help: ")]
    assert len(lines) == 1 and lines[0].startswith("lint-copy: "), errors
    return lines[0]


@pytest.mark.skipif(os.getuid() != 0, reason="only the superuser can become somebody else")
def test_a_file_that_may_not_be_read_is_exit_code_2(program):
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        shutil.copy(program, f"{folder}/lint-copy")
        path = pathlib.Path(folder) / "role.json"
        path.write_bytes(POLICY)
        path.chmod(0o600)
        done = subprocess.run(
            [f"{folder}/lint-copy", "--role", "role.json"], cwd=folder, capture_output=True,
            preexec_fn=lambda: os.setuid(NOBODY), timeout=60)
        assert (done.returncode, done.stdout) == (2, b"")
        assert one_line(done.stderr) == "lint-copy: cannot read `role.json`: permission denied"


def test_a_file_that_is_gone_when_its_turn_comes_is_exit_code_2(run, tmp_path, policy):
    (tmp_path / "gone.json").symlink_to("nowhere.json")
    done = run(".", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert one_line(done.stderr) == "lint-copy: cannot read `./gone.json`: no such file"


def test_files_that_come_and_go_never_break_a_run(run, tmp_path, policy):
    stop = threading.Event()

    def churn():
        while not stop.is_set():
            for number in range(20):
                (tmp_path / f"d{number}.json").write_bytes(POLICY)
            for number in range(20):
                (tmp_path / f"d{number}.json").unlink()

    thread = threading.Thread(target=churn)
    thread.start()
    try:
        for _ in range(20):
            done = run(".", "--as-of", "2026-11-21", cwd=tmp_path)
            assert done.returncode in (0, 1, 2)
            if done.returncode == 2:
                assert one_line(done.stderr).endswith(": no such file")
    finally:
        stop.set()
        thread.join()


def test_a_file_that_grows_while_it_is_read_ends_somewhere(run, policy):
    stop = threading.Event()

    def grow():
        with open(policy, "ab", buffering=0) as file:
            while not stop.is_set() and file.tell() < 64 << 20:
                file.write(b" " * 4096)

    thread = threading.Thread(target=grow)
    thread.start()
    try:
        for _ in range(10):
            done = run("--role", str(policy), "--as-of", "2026-11-21")
            assert done.returncode in (0, 1, 2), done.stderr
            if done.returncode == 2:
                assert one_line(done.stderr).endswith("it is larger than 32 MiB")
    finally:
        stop.set()
        thread.join()


def small_files():
    """At most 200 bytes a file from here on, as on a disk that is nearly full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))


def test_no_room_for_a_report_leaves_the_old_one(program, policy, tmp_path):
    report = tmp_path / "report.txt"
    report.write_text("the old report")
    done = subprocess.run(
        [program, "--role", str(policy), "--output-file", str(report)], capture_output=True,
        preexec_fn=small_files, timeout=60)
    assert (done.returncode, done.stdout) == (2, b"")
    assert one_line(done.stderr) == f"lint-copy: cannot write `{report}`: the file is too large"
    assert report.read_text() == "the old report" and leftovers(tmp_path) == []


def test_no_room_for_a_mended_document_leaves_the_old_one(program, mending):
    folder, arguments = mending
    before = (folder / "trust.json").read_bytes()
    done = subprocess.run(
        [program, *arguments, "--fix"], cwd=folder, capture_output=True, preexec_fn=small_files,
        timeout=60)
    assert (done.returncode, done.stdout) == (2, b"")
    assert one_line(done.stderr) == "lint-copy: cannot write `trust.json`: the file is too large"
    assert (folder / "trust.json").read_bytes() == before and leftovers(folder) == []


def test_a_small_disk_that_is_full_leaves_what_was_there(program, mending, tmp_path):
    folder, arguments = mending
    script = """
        mount -t tmpfs -o size=16k none "$1" && cp trust.json "$1/trust.json" &&
        head -c 12000 /dev/zero > "$1/ballast"; cat /dev/zero > "$1/rest" 2>/dev/null
        cp "$1/trust.json" before.json
        shift; "$@"; code=$?
        cmp before.json "$disk/trust.json" && ls -A "$disk" | grep -c lint-copy- ; exit $code
    """
    disk = tmp_path / "disk"
    disk.mkdir()
    probe = subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "none", str(disk)],
                           capture_output=True)
    if probe.returncode:
        pytest.skip("no file system can be mounted here")
    arguments = [str(disk / "trust.json") if part == "trust.json" else part for part in arguments]
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", str(disk), program, *arguments, "--fix"],
        cwd=folder, capture_output=True, env={**os.environ, "disk": str(disk)}, timeout=60)
    assert done.returncode == 2, done.stderr
    assert done.stdout == b"0\n"
    assert one_line(done.stderr).endswith("no space left on the device")


def test_standard_output_that_is_full_is_exit_code_2(program, policy, tmp_path):
    with open(tmp_path / "report.txt", "wb") as report:
        done = subprocess.run(
            [program, "--role", str(policy)], stdout=report, stderr=subprocess.PIPE,
            preexec_fn=small_files, timeout=60)
    assert done.returncode == 2
    assert one_line(done.stderr) == "lint-copy: cannot write standard output: the file is too large"


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_at_any_moment_leaves_whole_files(program, mending, name):
    folder, arguments = mending
    trust, report = folder / "trust.json", folder / "report.txt"
    before = trust.read_bytes()
    subprocess.run([program, *arguments, "--fix", "--output-file", "report.txt"], cwd=folder,
                   capture_output=True, timeout=60)
    after, whole = trust.read_bytes(), report.read_bytes()
    assert before != after
    started = time.monotonic()
    trust.write_bytes(before)
    subprocess.run([program, *arguments, "--fix"], cwd=folder, capture_output=True, timeout=60)
    usual = time.monotonic() - started
    moments, ended = random.Random(1), 0
    for _ in range(40):
        trust.write_bytes(before)
        report.write_bytes(b"the old report")
        process = subprocess.Popen(
            [program, *arguments, "--fix", "--output-file", "report.txt"], cwd=folder,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(moments.uniform(0, 1.2 * usual))
        process.send_signal(name)
        process.communicate(timeout=60)
        ended += process.returncode == -name
        assert process.returncode in (-name, 0, 1)
        assert trust.read_bytes() in (before, after)
        assert report.read_bytes() in (b"the old report", whole)
        assert leftovers(folder) == []
    assert ended > 0


def test_a_report_goes_into_a_named_pipe(run, policy, tmp_path):
    pipe = tmp_path / "report.txt"
    os.mkfifo(pipe)
    received = []
    reader = threading.Thread(target=lambda: received.append(pipe.read_bytes()))
    reader.start()
    done = run("--role", str(policy), "--output-file", str(pipe), "--as-of", "2026-11-21")
    reader.join()
    assert done.returncode in (0, 1)
    assert received == [run("--role", str(policy), "--as-of", "2026-11-21").stdout]


def together(program, arguments, folder, count=20):
    processes = [
        subprocess.Popen([program, *arguments], cwd=folder, stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE) for _ in range(count)]
    return [(process.communicate(timeout=120), process.returncode) for process in processes]


def test_twenty_runs_write_one_report_at_once(program, policy, tmp_path):
    arguments = ["--role", "role.json", "--output-file", "report.txt", "--as-of", "2026-11-21"]
    runs = together(program, arguments, tmp_path)
    alone = subprocess.run([program, *arguments[:2], *arguments[4:]], cwd=tmp_path,
                           capture_output=True, timeout=60)
    assert {code for _, code in runs} == {alone.returncode}
    assert {errors for (_, errors), _ in runs} == {b""}
    assert (tmp_path / "report.txt").read_bytes() == alone.stdout
    assert leftovers(tmp_path) == []


def test_twenty_runs_mend_one_document_at_once(program, mending):
    folder, arguments = mending
    before = (folder / "trust.json").read_bytes()
    subprocess.run([program, *arguments, "--fix"], cwd=folder, capture_output=True, timeout=60)
    after = (folder / "trust.json").read_bytes()
    (folder / "trust.json").write_bytes(before)
    for (_, errors), code in together(program, [*arguments, "--fix"], folder):
        assert code in (0, 2)
        if code == 2:
            assert "it was changed since it was read" in one_line(errors)
    assert (folder / "trust.json").read_bytes() == after
    assert leftovers(folder) == []
