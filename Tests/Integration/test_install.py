"""What `make install` puts beside the program: completions, tried in the shells themselves, and the
manual page."""

import os
import pty
import re
import select
import shutil
import subprocess
import time

import pytest

PACKAGES = {"zsh": "zsh", "fish": "fish", "mandoc": "mandoc", "bash": "bash"}


def needed(name):
    """A program of Debian's, installed where it is missing."""
    if not shutil.which(name):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], capture_output=True, env=environment)
        subprocess.run(["apt-get", "install", "-qq", "-y", PACKAGES[name]], capture_output=True, env=environment)
    path = shutil.which(name)
    assert path, f"there is no {name}, and it cannot be installed here"
    return path


@pytest.fixture(scope="module")
def share(prefix):
    return prefix / "share"


@pytest.fixture
def folder(tmp_path):
    """A folder with documents and others."""
    for name in ["role.json", "bucket.yaml", "notes.txt", "copies/key.json"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    return tmp_path


def of_bash(share, prefix, folder, line):
    """The candidates that bash has for a line, by the function that TAB calls."""
    script = r"""
source "$1"; cd "$2"; line=$3
function_name=$(complete -p lint-copy | sed 's/.*-F \([^ ]*\) .*/\1/')
# Words as readline breaks them: `=` and `:` stand for themselves.
mapfile -t COMP_WORDS < <(printf %s "$line" | sed 's/\([=:]\)/ \1 /g' | tr -s ' ' '\n'; [ "${line: -1}" != ' ' ] || echo)
COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$line COMP_POINT=${#line}
current=${COMP_WORDS[COMP_CWORD]}; if [ "$current" = = ]; then current=; fi
"$function_name" lint-copy "$current" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\n' "${COMPREPLY[@]}"
"""
    done = subprocess.run(
        [needed("bash"), "--norc", "-c", script, "bash", share / "bash-completion/completions/lint-copy", folder, line],
        capture_output=True, text=True, timeout=60, env={**os.environ, "PATH": f"{prefix / 'bin'}:{os.environ['PATH']}"})
    assert done.stderr == "", done.stderr
    return set(done.stdout.split())


def of_fish(share, prefix, folder, line):
    environment = {**os.environ, "HOME": str(folder), "PATH": f"{prefix / 'bin'}:{os.environ['PATH']}"}
    done = subprocess.run(
        [needed("fish"), "--no-config", "-c", 'source $argv[1]; cd $argv[2]; complete -C $argv[3]',
         share / "fish/vendor_completions.d/lint-copy.fish", folder, line],
        capture_output=True, text=True, timeout=60, env=environment)
    assert done.stderr == "", done.stderr
    return {candidate.split("\t")[0] for candidate in done.stdout.splitlines()}


def of_zsh(share, prefix, folder, line):
    """What zsh lists after TAB, typed into a terminal."""
    path = needed("zsh")
    startup = folder / ".zsh"
    startup.mkdir(exist_ok=True)
    (startup / ".zshrc").write_text(
        f"PS1='%% '; fpath=({share}/zsh/site-functions $fpath); autoload -U compinit; compinit -u -D\n"
        "setopt NO_beep NO_always_last_prompt AUTO_list NO_list_ambiguous BASH_auto_list NO_auto_menu\n"
        "zstyle ':completion:*' list-colors ''\nLISTMAX=10000\n"
        "zstyle ':completion:*' list-separator ' -- '\n")
    environment = {
        **os.environ, "ZDOTDIR": str(startup), "TERM": "dumb", "COLUMNS": "100", "LINES": "500",
        "PATH": f"{prefix / 'bin'}:{os.environ['PATH']}"}
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execve(path, ["zsh", "-i"], environment)
    import fcntl, struct, termios
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 500, 100, 0, 0))

    def read(until, quiet=1.0, limit=30):
        text, end = "", time.monotonic() + limit
        while time.monotonic() < end:
            ready, _, _ = select.select([terminal], [], [], quiet)
            if not ready:
                if until(text):
                    break
                continue
            try:
                text += os.read(terminal, 65536).decode(errors="replace")
            except OSError:
                break
        return text

    try:
        read(lambda text: "%" in text)
        os.write(terminal, line.encode() + b"\t\t")
        text = read(lambda text: len(text) > len(line))
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
        os.close(terminal)
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x07|\r", " ", text)
    return set(text.split())


SHELLS = {"bash": of_bash, "zsh": of_zsh, "fish": of_fish}
CASES = [
    ("lint-copy ", {"check", "rules", "rule", "simulate", "role.json"}, {"notes.txt/"}),
    ("lint-copy check --ro", {"--role", "--role-arn"}, {"--trust"}),
    ("lint-copy --ro", {"--role", "--role-arn"}, {"--trust"}),
    ("lint-copy check --output-format ", {"text", "sarif", "gitlab", "html"}, {"role.json"}),
    ("lint-copy --output-format ", {"text", "sarif", "gitlab", "html"}, {"role.json"}),
    ("lint-copy check --select s3-", {"s3-get-object", "s3-list-bucket"}, {"kms-decrypt"}),
    ("lint-copy --role role.json --ignore kms-", {"kms-decrypt"}, {"s3-get-object"}),
    ("lint-copy rule source-a", {"source-arn-condition", "source-account-condition"}, {"kms-decrypt"}),
    ("lint-copy explain source-a", {"source-arn-condition", "source-account-condition"}, {"kms-decrypt"}),
    ("lint-copy check --fail-on ", {"error", "warning", "note"}, set()),
    ("lint-copy check --trust ", {"role.json", "bucket.yaml"}, {"notes.txt", "--role"}),
    ("lint-copy --trust ", {"role.json", "bucket.yaml"}, {"notes.txt", "--role"}),
    ("lint-copy check ", {"role.json", "bucket.yaml"}, {"notes.txt", "simulate"}),
]


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("line, wanted, unwanted", CASES, ids=[case[0] for case in CASES])
def test_a_shell_completes(share, prefix, folder, shell, line, wanted, unwanted):
    found = SHELLS[shell](share, prefix, folder, line)
    assert wanted <= found
    assert not unwanted & found


@pytest.mark.parametrize("shell, line, wanted", [
    ("bash", "lint-copy --output-format sarif=ro", "role.json"),
    ("bash", "lint-copy --key arn:aws:kms:us-east-1:111122223333:key/1=ro", "role.json"),
    ("bash", "lint-copy check --output-format=sa", "sarif"),
    ("fish", "lint-copy --output-format sarif=ro", "sarif=role.json"),
    ("zsh", "lint-copy --output-format sarif=ro", "sarif=role.json"),
])
def test_a_path_after_an_equals_sign_is_completed(share, prefix, folder, shell, line, wanted):
    found = SHELLS[shell](share, prefix, folder, line)
    assert wanted in found or any(word.endswith(wanted) for word in found)


def test_the_manual_page_is_clean(prefix):
    page = prefix / "share/man/man1/lint-copy.1"
    done = subprocess.run([needed("mandoc"), "-T", "lint", "-W", "warning", page], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_manual_page_reads_well(prefix):
    page = prefix / "share/man/man1/lint-copy.1"
    text = subprocess.run([needed("mandoc"), "-T", "ascii", "-O", "width=100", page], capture_output=True, text=True).stdout
    text = re.sub(".\x08", "", text)
    for heading in ["SYNOPSIS", "ENVIRONMENT", "FILES", "EXIT STATUS", "EXAMPLES"]:
        assert f"\n{heading}\n" in text
    assert "lint-copy [check] [options] [file ...]" in text
    assert "--output-format format[=path]" in text
    assert "lint-copy --role role.json --bucket bucket.json" in text


def test_the_version_names_the_commit(root, prefix):
    version = subprocess.run([prefix / "bin/lint-copy", "--version"], capture_output=True, text=True, check=True).stdout
    commit = subprocess.run([root / "Scripts/commit"], capture_output=True, text=True, check=True).stdout.strip()
    if commit:
        assert re.fullmatch(rf"lint-copy \d+\.\d+\.\d+ \({re.escape(commit)}\)\n", version)
    else:
        assert re.fullmatch(r"lint-copy \d+\.\d+\.\d+\n", version)
