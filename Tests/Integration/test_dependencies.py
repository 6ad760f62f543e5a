"""What `make` does on a machine that has no libyaml yet, with stand-ins for the package managers."""

import subprocess

import pytest

PKG_CONFIG = '#!/bin/sh\ntest -e "$STAND_IN/installed"\n'
INSTALLING = '#!/bin/sh\necho "$0 $*" >>"$STAND_IN/log"\ncase "$*" in *install*) : >"$STAND_IN/installed";; esac\n'
FAILING = '#!/bin/sh\necho "$0 $*" >>"$STAND_IN/log"\nexit 1\n'


@pytest.fixture
def machine(root, tmp_path):
    """Runs the script with a PATH that holds only what the machine has."""

    def run(uid="0", system="Linux", **programs):
        folder = tmp_path / "bin"
        folder.mkdir()
        programs.setdefault("uname", f"#!/bin/sh\necho {system}\n")
        programs.setdefault("id", f"#!/bin/sh\necho {uid}\n")
        for name, text in programs.items():
            path = folder / name.replace("_", "-")
            path.write_text(text)
            path.chmod(0o755)
        for name in ["bash", "env", "sh"]:
            (folder / name).symlink_to(f"/bin/{name}" if name != "env" else "/usr/bin/env")
        done = subprocess.run(
            [root / "Scripts" / "install-dependencies"], capture_output=True, text=True,
            stdin=subprocess.DEVNULL, env={"PATH": str(folder), "STAND_IN": str(tmp_path)})
        log = tmp_path / "log"
        return done, log.read_text().replace(f"{folder}/", "") if log.exists() else ""

    return run


def test_nothing_is_done_where_libyaml_is_there(machine, tmp_path):
    (tmp_path / "installed").touch()
    done, log = machine(pkg_config=PKG_CONFIG, apt_get=INSTALLING)
    assert (done.returncode, done.stdout, done.stderr, log) == (0, "", "", "")


def test_root_installs_through_apt(machine):
    done, log = machine(pkg_config=PKG_CONFIG, apt_get=INSTALLING)
    assert done.returncode == 0, done.stderr
    assert log == "apt-get install -y -qq libyaml-dev pkg-config\n"


def test_others_install_through_sudo(machine):
    sudo = '#!/bin/sh\nshift\nexec "$@"\n'
    done, log = machine(uid="1000", pkg_config=PKG_CONFIG, apt_get=INSTALLING, sudo=sudo, true="#!/bin/sh\n")
    assert done.returncode == 0, done.stderr
    assert "install -y -qq libyaml-dev pkg-config" in log


def test_macos_installs_through_brew(machine):
    done, log = machine(system="Darwin", pkg_config=PKG_CONFIG, brew=INSTALLING)
    assert done.returncode == 0, done.stderr
    assert log == "brew install libyaml pkg-config\n"


@pytest.mark.parametrize(
    "programs, reason",
    [
        ({"uid": "1000", "apt_get": INSTALLING}, "only root may install them"),
        ({"uid": "1000", "apt_get": INSTALLING, "sudo": FAILING}, "sudo does not let you install them"),
        ({"apt_get": FAILING}, "apt could not install them"),
        ({}, "neither apt nor brew"),
    ],
)
def test_where_it_may_not_install_it_says_what_to_do(machine, programs, reason):
    done, _ = machine(**programs)
    assert done.returncode == 1
    assert reason in done.stderr
    assert "apt-get install libyaml-dev pkg-config" in done.stderr
