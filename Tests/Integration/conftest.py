"""What every integration test needs: the built program, and a way to run it."""

import os
import pathlib
import signal
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]

# A shell starts what runs in the background with interrupts ignored, and programs inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def root():
    """The folder of the package."""
    return ROOT


@pytest.fixture(scope="session")
def program():
    """The path of the built program, from `LINT_COPY`."""
    return os.environ["LINT_COPY"]


@pytest.fixture(scope="session")
def run(program):
    """Runs the program with arguments; gives the finished process, its output as bytes."""

    def run(*arguments, **options):
        options.setdefault("timeout", 60)
        options.setdefault("stdin", None if "input" in options else subprocess.DEVNULL)
        if options["stdin"] is None:
            del options["stdin"]
        return subprocess.run([program, *arguments], capture_output=True, **options)

    return run


@pytest.fixture(scope="session")
def prefix(root, tmp_path_factory):
    """The folder that `make install` installs into."""
    prefix = tmp_path_factory.mktemp("prefix")
    subprocess.run(["make", "-C", root, "install", f"PREFIX={prefix}"], check=True)
    return prefix


@pytest.fixture(scope="session")
def installed(prefix):
    """The program as it is installed."""
    return prefix / "bin" / "lint-copy"
