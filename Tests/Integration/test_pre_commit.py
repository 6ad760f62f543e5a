"""The hooks, run by the real pre-commit in repositories that are made here."""

import os
import pathlib
import re
import shutil
import subprocess

import pytest

from repositories import AUTHOR, clone_of_work_tree, commit_all, git

MANIFEST = """\
version: 1
copies:
  - name: history
    role: policies/role.json
    trust: policies/trust.json
    bucket: policies/bucket.json
    key: policies/key.json
    source: s3://acme-trail-logs/AWSLogs/111122223333/CloudTrail/
"""
FOREIGN = {
    "package.json": '{"name": "a package", "private": true}\n',
    "tsconfig.json": '{\n  // comments\n  "strict": true,\n}\n',
    "chart/templates/deployment.yaml": "kind: {{ .Values.kind }}\n\tspec: [\n",
    "compose.yml": "services: {web: {image: nginx}}\n",
    "empty.json": "",
}


@pytest.fixture(scope="session")
def package(root, tmp_path_factory):
    """This package as a repository to clone."""
    return clone_of_work_tree(root, tmp_path_factory.mktemp("package") / "lint-copy")


@pytest.fixture(scope="session")
def environment(program, tmp_path_factory):
    """The environment of a developer who has pre-commit and lint-copy on the PATH."""
    tools = tmp_path_factory.mktemp("tools")
    (tools / "lint-copy").symlink_to(program)
    # A CI that runs these tests colours and shapes what it prints itself.
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_DIR", "LINT_COPY", "PRE_COMMIT"))}
    return {
        **inherited, **AUTHOR, "PATH": f"{tools}:{os.environ['PATH']}", "PRE_COMMIT_COLOR": "never",
        "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit")),
    }


@pytest.fixture
def repository(root, package, tmp_path):
    """A repository with a good copy and files of other programs, all committed."""
    folder = tmp_path / "infrastructure"
    shutil.copytree(
        root / "examples" / "one-account" / "ready", folder / "policies",
        ignore=lambda _, names: [n for n in names if n not in ("role.json", "trust.json", "bucket.json", "key.json")])
    (folder / "lint-copy.yaml").write_text(MANIFEST)
    for name, text in FOREIGN.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    use_hooks(folder, package, "lint-copy-system")
    commit_all(folder)
    return folder


def use_hooks(folder, package, *ids):
    hooks = "".join(f"      - id: {name}\n" for name in ids)
    (folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {package}\n    rev: {git(package, 'rev-parse', 'HEAD')}\n    hooks:\n{hooks}")


@pytest.fixture
def pre_commit(repository, environment):
    """Runs pre-commit in the repository."""

    def run(*arguments, hook="run", timeout=120):
        return subprocess.run(
            ["pre-commit", hook, *arguments], cwd=repository, env=environment,
            capture_output=True, text=True, timeout=timeout)

    return run


def break_trust(folder):
    trust = folder / "policies" / "trust.json"
    trust.write_text(trust.read_text().replace(":eventdatastore/", ":eventdataStore/"))
    assert ":eventdataStore/" in trust.read_text()


def test_a_good_copy_is_green(pre_commit):
    done = pre_commit("--all-files", "--verbose")
    assert done.returncode == 0, done.stdout
    assert re.search(r"the trail copy can run\.+Passed", done.stdout)
    assert "copy `history`" in done.stdout


def test_a_broken_copy_is_red_and_shows_the_finding(repository, pre_commit):
    break_trust(repository)
    git(repository, "add", "policies/trust.json")
    done = pre_commit()
    assert done.returncode == 1
    assert re.search(r"the trail copy can run\.+Failed", done.stdout)
    assert "error[event-data-store-arn-case]" in done.stdout
    assert re.search(r"--> policies/trust\.json:\d+:\d+", done.stdout)
    assert "`history` is blocked" in done.stdout


def test_a_document_of_the_copy_that_does_not_parse_is_red(repository, pre_commit):
    (repository / "policies" / "bucket.json").write_text('{"Version": "2012-10-17",}')
    git(repository, "add", "policies/bucket.json")
    done = pre_commit()
    assert done.returncode == 1
    assert "error[policy-syntax]" in done.stdout and "policies/bucket.json:1:25" in done.stdout


def test_files_of_others_have_nothing_to_do(pre_commit):
    done = pre_commit("--verbose", "--files", *FOREIGN)
    assert done.returncode == 0, done.stdout
    assert re.search(r"the trail copy can run\.+Passed", done.stdout)
    # Beside pre-commit's own lines nothing is said.
    assert [line for line in done.stdout.splitlines()[1:] if not line.startswith("- ")] == []


def test_a_broken_copy_does_not_stop_commits_of_other_files(repository, pre_commit):
    break_trust(repository)
    commit_all(repository)
    (repository / "package.json").write_text('{"name": "another"}\n')
    git(repository, "add", "package.json")
    assert pre_commit().returncode == 0


def test_other_kinds_of_files_do_not_start_it(repository, pre_commit):
    (repository / "main.tf").write_text("terraform {}\n")
    git(repository, "add", "main.tf")
    done = pre_commit()
    assert done.returncode == 0
    assert re.search(r"the trail copy can run\.+\(no files to check\)Skipped", done.stdout)


def test_a_commit_is_refused_and_then_taken(repository, pre_commit, environment):
    assert pre_commit(hook="install").returncode == 0
    break_trust(repository)

    def commit():
        return subprocess.run(
            ["git", "commit", "--all", "--message", "Change the trust policy"], cwd=repository,
            env=environment, capture_output=True, text=True)

    done = commit()
    assert done.returncode == 1 and "event-data-store-arn-case" in done.stderr + done.stdout
    trust = repository / "policies" / "trust.json"
    trust.write_text(trust.read_text().replace(":eventdataStore/", ":eventdatastore/") + "\n")
    assert commit().returncode == 0


def test_a_change_of_the_configuration_is_judged(repository, pre_commit):
    break_trust(repository)
    commit_all(repository)
    (repository / "lint-copy.yaml").write_text(MANIFEST + "strict: true\n")
    git(repository, "add", "lint-copy.yaml")
    assert pre_commit().returncode == 1


def test_the_fix_hook_mends_the_documents_of_a_copy(repository, package, pre_commit):
    use_hooks(repository, package, "lint-copy-fix-system", "lint-copy-system")
    commit_all(repository)
    good = (repository / "policies" / "trust.json").read_text()
    break_trust(repository)
    git(repository, "add", "--all")
    done = pre_commit()
    assert done.returncode == 1
    # A hook that changes files fails, so that a person looks at what it did.
    assert re.search(r"mend the trail copy\.+Failed", done.stdout)
    assert "files were modified by this hook" in done.stdout
    assert re.search(r"the trail copy can run\.+Passed", done.stdout)
    assert (repository / "policies" / "trust.json").read_text() == good
    git(repository, "add", "--all")
    assert pre_commit("--all-files").returncode == 0


def test_the_fix_hook_leaves_other_files_alone(repository, package, pre_commit):
    use_hooks(repository, package, "lint-copy-fix-system")
    commit_all(repository)
    break_trust(repository)
    commit_all(repository)
    assert pre_commit("--files", *FOREIGN).returncode == 0
    assert git(repository, "status", "--porcelain") == ""


def blocks(page, heading):
    """The shell blocks of a page's section, as a reader copies them."""
    section = page.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^```sh\n(.*?)^```$", section, flags=re.MULTILINE | re.DOTALL)


def test_the_readme_leads_from_nothing_to_red_and_green(package, environment, tmp_path):
    """Runs the commands of the README's section one after the other in one shell; pre-commit builds
    lint-copy with a plain `swift build`, as it does for everybody."""
    clone = tmp_path / "lint-copy"
    git(tmp_path, "clone", "--quiet", str(package), str(clone))
    commands = blocks((package / "README.md").read_text(), "In a hook")
    assert len(commands) == 3
    script = "".join(
        f"{block}echo \"::block {number} exit $?\"\n" for number, block in enumerate(commands))
    path = environment["PATH"].split(":", 1)[1]  # nobody has installed lint-copy yet
    done = subprocess.run(
        ["bash"], input=script, cwd=clone, env={**environment, "PATH": path}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=1500)
    said = re.split(r"::block \d exit (\d+)\n", done.stdout)
    texts, codes = said[0::2], said[1::2]
    assert codes == ["0", "1", "0"], done.stdout
    assert re.search(r"the trail copy can run\.+Failed", texts[1])
    # What the README shows is what it looks like.
    assert "error[event-data-store-arn-case]" in texts[1]
    assert "--> policies/trust.json:13:71" in texts[1]
    assert re.search(r"the trail copy can run\.+Passed", texts[2])
    repository = clone.parent / "trail-copy"
    assert git(repository, "status", "--porcelain") == ""
    assert len(git(repository, "log", "--format=%s").splitlines()) == 1
    built = list(pathlib.Path(environment["PRE_COMMIT_HOME"]).glob("repo*/swift_env-default/.build/release/lint-copy"))
    assert len(built) == 1
    version = subprocess.run([built[0], "--version"], capture_output=True, text=True, check=True).stdout
    assert version.startswith("lint-copy ")
