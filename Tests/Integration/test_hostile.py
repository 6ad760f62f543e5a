"""Repositories of somebody hostile: the program reads what it is given, runs nothing, connects to
nothing."""

import json
import os
import re
import shutil
import subprocess

import pytest

POLICY = b'{"Version": "2012-10-17", "Statement": []}'
SECRET = "a text that nobody asked for"


@pytest.fixture
def outside(tmp_path):
    """A folder beside the repository with what a hostile repository would like to be read."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "secret.json").write_text(json.dumps({"secret": SECRET}))
    return folder


@pytest.fixture
def repository(tmp_path):
    folder = tmp_path / "repository"
    (folder / ".git").mkdir(parents=True)
    (folder / "role.json").write_bytes(POLICY)
    return folder


def manifest(repository, text):
    (repository / "lint-copy.yaml").write_text("version: 1\ncopies:\n  - name: history\n" + text)


def said(done):
    return (done.stdout + done.stderr).decode(errors="surrogateescape")


def test_a_folder_behind_a_link_is_not_walked(run, repository, outside):
    (repository / "more").symlink_to(outside)
    (repository / "round").symlink_to(repository)
    done = run(".", "-v", "--as-of", "2026-11-21", cwd=repository)
    assert done.returncode in (0, 1)
    assert "role.json" in said(done) and "secret" not in said(done)


def test_a_glob_does_not_follow_a_linked_folder(run, repository, outside):
    (repository / "more").symlink_to(outside)
    manifest(repository, "    documents: ['**/*.json']\n")
    done = run("-v", "--as-of", "2026-11-21", cwd=repository)
    assert done.returncode in (0, 1)
    assert "secret" not in said(done)


@pytest.mark.parametrize("has_git", [True, False])
def test_a_file_behind_a_link_out_of_the_folder_is_refused(run, repository, outside, has_git):
    if not has_git:
        (repository / ".git").rmdir()
    (repository / "key.json").symlink_to(outside / "secret.json")
    done = run(".", "-v", "--as-of", "2026-11-21", cwd=repository)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "`./key.json` leads out of the repository, and is not read" in said(done)
    assert SECRET not in said(done)
    # Named by itself it is what somebody asked for.
    assert run("key.json", "--as-of", "2026-11-21", cwd=repository).returncode in (0, 1)


def test_a_link_inside_the_repository_is_followed(run, repository):
    (repository / "state").mkdir()
    (repository / "state/other.json").symlink_to("../role.json")
    manifest(repository, "    documents: ['state/*.json']\n    role: state/../role.json\n")
    done = run("--as-of", "2026-11-21", cwd=repository)
    assert done.returncode in (0, 1), done.stderr


def test_settings_behind_a_link_out_of_the_repository_are_refused(run, repository, outside):
    (repository / "lint-copy.yaml").symlink_to(outside / "secret.json")
    done = run("--as-of", "2026-11-21", cwd=repository)
    assert done.returncode == 2 and SECRET not in said(done)
    assert "leads out of the repository" in said(done)


def test_a_pipe_in_a_folder_is_passed_over(run, repository):
    os.mkfifo(repository / "pipe.json")
    done = run(".", "--as-of", "2026-11-21", cwd=repository)
    assert done.returncode in (0, 1), done.stderr


@pytest.mark.parametrize("line", [
    "documents: ['../**/*.json']", "documents: ['../outside/*.json']", "role: ../outside/secret.json",
    "role: /etc/passwd", "documents: [../outside]", "role: more/secret.json", "documents: [more]",
    "role: none\nrules: [../outside]"])
def test_settings_never_lead_out_of_the_repository(run, repository, outside, line):
    (repository / "more").symlink_to(outside)
    manifest(repository, f"    {line}\n")
    done = run("--as-of", "2026-11-21", cwd=repository)
    assert done.returncode == 2 and done.stdout == b""
    assert "leads out of the repository, and is not read" in said(done)
    assert SECRET not in said(done) and "root:" not in said(done)


@pytest.mark.parametrize(
    "name", ["new\nline.json", "\x1b[31mred.json", "-q.json", "a b.json", "“quoted”.json", "\u202egnp.json",
             "'; touch ran; '.json", "$(touch ran).json", "%s%n.json", "*.json"])
def test_absurd_names_are_files_like_others(run, repository, name):
    (repository / "role.json").rename(repository / name)
    for extra in ([], ["--output-format", "json"], ["--output-format", "sarif"],
                  ["--output-format", "github"], ["--output-format", "junit"]):
        done = run("--role", f"./{name}", "-v", "--as-of", "2026-11-21", *extra, cwd=repository)
        assert done.returncode in (0, 1), done.stderr
        assert "\x1b[31m" not in said(done) and "\u202e" not in said(done)
    assert not (repository / "ran").exists()


def test_a_name_that_is_no_utf8_is_said(run, repository):
    os.rename(repository / "role.json", os.fsencode(repository) + b"/r\xf4le.json")
    for arguments in ([b"--role", b"r\xf4le.json"], ["."]):
        done = run(*arguments, cwd=repository)
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"its name is not UTF-8, or there is no such file" in done.stderr
        assert b"  = help: rename the file, or give it as standard input with `-`" in done.stderr


# -- What the system is asked for ------------------------------------------------------------------

strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


def traced(program, arguments, folder, tmp_path):
    log = tmp_path / "trace"
    probe = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True)
    if probe.returncode:
        pytest.skip("this system lets nobody trace")
    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", log, "-e", "trace=%file,%network,%process", program,
         *arguments],
        cwd=folder, capture_output=True, timeout=120)
    return done, log.read_text(errors="replace")


@strace
def test_a_run_reads_what_it_was_given_and_nothing_else(program, root, tmp_path):
    shutil.copytree(root / "examples/one-account", tmp_path / "copy")
    folder = tmp_path / "copy/ready"
    (folder / "other.json").write_bytes(POLICY)
    arguments = ["--role", "role.json", "--trust", "trust.json", "--bucket", "bucket.json"]
    done, trace = traced(program, arguments, folder, tmp_path)
    assert done.returncode in (0, 1)
    opened = set()
    for call in re.finditer(r'open(?:at)?\((?:AT_FDCWD, )?"([^"]*)", ([A-Z_|]*).*\) = \d+', trace):
        opened.add(call.group(1))
        assert "O_WRONLY" not in call.group(2) and "O_RDWR" not in call.group(2), call.group()
        assert "O_CREAT" not in call.group(2), call.group()
    ours = {path for path in opened if not path.startswith("/") or str(tmp_path) in path}
    assert ours == {"role.json", "trust.json", "bucket.json"}
    # What else is opened belongs to the loader and the C library.
    for path in opened - ours:
        assert path.startswith(("/lib", "/usr/", "/etc/ld.so", "/proc/", "/sys/", "/opt/")) or ".so" in path, path


@strace
@pytest.mark.parametrize("extra", [[], ["--fix"], ["--diff"], ["--output-format", "sarif=report.sarif"]])
def test_a_run_starts_nothing_and_connects_to_nothing(program, root, tmp_path, extra):
    shutil.copytree(root / "examples/one-account", tmp_path / "copy")
    folder = tmp_path / "copy/old-spelling"
    arguments = ["--trust", "trust.json", "--role", "../ready/role.json", *extra]
    done, trace = traced(program, arguments, folder, tmp_path)
    assert done.returncode in (0, 1)
    for call in ("socket(", "connect(", "sendto(", "bind(", "fork(", "vfork("):
        assert f" {call}" not in trace, trace
    assert trace.count("execve(") == 1
    for clone in re.findall(r"clone3?\(.*", trace):
        assert "CLONE_THREAD" in clone, clone
