"""The release build: one stripped file that needs nothing, or nothing but the C and C++ libraries."""

import platform
import subprocess

import pytest


def test_the_installed_program_runs(installed):
    done = subprocess.run([installed, "--version"], capture_output=True, text=True)
    assert (done.returncode, done.stdout.split()[0], done.stderr) == (0, "lint-copy", "")


@pytest.mark.skipif(platform.system() != "Linux", reason="ldd is Linux's")
def test_swift_and_libyaml_are_inside(installed):
    result = subprocess.run(["ldd", installed], capture_output=True, text=True)
    libraries = result.stdout
    # With the C library inside there is nothing to load.
    assert "libc.so" in libraries or "not a dynamic executable" in result.stderr
    for name in ["libswift", "libFoundation", "libyaml", "libdispatch", "libBlocksRuntime"]:
        assert name not in libraries


@pytest.mark.skipif(platform.system() != "Linux", reason="ELF is Linux's")
def test_it_is_stripped(installed):
    assert b".symtab\0" not in installed.read_bytes()
