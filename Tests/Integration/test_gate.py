"""The GitHub Action, the GitLab template, the Dockerfile and the example workflows: linted by others'
programs, and their shell steps run with what the services give."""

import json
import os
import pathlib
import re
import shutil
import subprocess

import pytest
import yaml

from repositories import commit_all, git

READY = [
    "role.json", "trust.json", "bucket.json", "key.json",
]


# Linters


def workflows(root):
    found = sorted((root / "examples" / "ci").glob("*.yml"))
    assert len(found) >= 3
    return found


def lint(*command, cwd=None):
    done = subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr


def test_actionlint_has_nothing_to_say(root):
    lint("actionlint", *workflows(root))


def test_zizmor_has_nothing_to_say(root, tmp_path):
    # Workflows are looked for where GitHub looks for them.
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    for path in workflows(root):
        shutil.copy(path, folder)
    shutil.copy(root / "action.yml", tmp_path)
    lint("zizmor", "--offline", "--no-progress", "--persona", "pedantic", ".", cwd=tmp_path)


def test_the_linters_are_awake(tmp_path):
    """What the two tests above rely on: a workflow with a known hole is refused."""
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "hole.yml").write_text(
        "on: pull_request_target\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n"
        "      - run: echo ${{ github.event.pull_request.title }}\n")
    assert subprocess.run(["actionlint", folder / "hole.yml"], capture_output=True).returncode == 1
    assert subprocess.run(["zizmor", "--offline", tmp_path], capture_output=True).returncode > 10


@pytest.mark.parametrize("schema, path", [
    ("vendor.github-actions", "action.yml"),
    ("vendor.gitlab-ci", "templates/lint-copy.gitlab-ci.yml"),
])
def test_a_file_follows_the_schema_of_its_service(root, schema, path):
    lint("check-jsonschema", "--builtin-schema", schema, root / path)


def test_hadolint_has_nothing_to_say(root):
    lint("hadolint", root / "Dockerfile")


def test_shellcheck_has_nothing_to_say(root, tmp_path):
    scripts = [path for path in (root / "Scripts").iterdir() if path.read_bytes().startswith(b"#!/usr/bin/env bash")]
    assert len(scripts) > 5
    lint("shellcheck", "--severity", "warning", *scripts)
    for number, step in enumerate(run_steps(root)):
        path = tmp_path / f"step-{number}.sh"
        path.write_text("#!/usr/bin/env bash\nset -eo pipefail\n" + step["run"])
        lint("shellcheck", "--severity", "warning", path)


# The action


def run_steps(root):
    steps = yaml.safe_load((root / "action.yml").read_text())["runs"]["steps"]
    return [step for step in steps if "run" in step]


def test_nothing_is_spliced_into_a_shell_script(root):
    assert all("${{" not in step["run"] for step in run_steps(root))


def test_actions_of_others_are_pinned(root):
    pattern = re.compile(r"uses: +(\S+)@(\S+)( # v\d+\.\d+\.\d+)?$", re.MULTILINE)
    for path in [root / "action.yml", *workflows(root)]:
        text = path.read_text()
        found = pattern.findall(text)
        assert len(found) == text.count("uses:")
        for name, version, comment in found:
            assert re.fullmatch("[0-9a-f]{40}", version), name
            assert comment or name.startswith("OWNER/")


class Job:
    """A job on a runner: runs the action's steps, as far as they are shell."""

    def __init__(self, root, workspace, temporary, path):
        self.action = yaml.safe_load((root / "action.yml").read_text())
        self.root, self.workspace, self.temporary, self.path = root, workspace, temporary, path
        self.outputs, self.used, self.log = {}, [], ""

    def value(self, text, inputs):
        """An expression of the kinds that the action has."""
        def known(match):
            name = match.group(0)
            parts = name.split(".")
            if parts[0] == "inputs":
                return repr(inputs[name.removeprefix("inputs.")])
            if parts[0] == "steps":
                return repr(self.outputs.get(parts[1], {}).get(parts[3], ""))
            return repr({
                "github.action_path": str(self.root), "runner.temp": str(self.temporary),
                "runner.os": "Linux", "runner.arch": "X64"}[name])

        expression = re.sub(r"\b(?:inputs|steps|github|runner)\.[\w.-]+", known, text)
        return eval(expression.replace("&&", " and "), {"__builtins__": {}})

    def filled(self, text, inputs):
        return re.sub(r"\$\{\{(.*?)\}\}", lambda match: str(self.value(match.group(1).strip(), inputs)), str(text))

    def run(self, **given):
        inputs = {name: about.get("default", "") for name, about in self.action["inputs"].items()}
        inputs |= {name.replace("_", "-"): value for name, value in given.items()}
        self.summary = self.temporary / "summary.md"
        for number, step in enumerate(self.action["runs"]["steps"]):
            if "if" in step and not self.value(step["if"], inputs):
                continue
            if "uses" in step:
                self.used.append((step["uses"].split("@")[0], {k: self.filled(v, inputs) for k, v in step["with"].items()}))
                continue
            output = self.temporary / f"output-{number}"
            output.touch()
            script = self.temporary / f"step-{number}.sh"
            script.write_text(step["run"])
            environment = {
                "PATH": self.path, "HOME": os.environ["HOME"], "CI": "true", "GITHUB_ACTIONS": "true",
                "GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(self.summary),
                "GITHUB_WORKSPACE": str(self.workspace), "RUNNER_TEMP": str(self.temporary),
                "GITHUB_REPOSITORY": "acme/infrastructure", "GITHUB_SHA": "0" * 40, "RUNNER_OS": "Linux",
                **{name: self.filled(text, inputs) for name, text in step.get("env", {}).items()},
            }
            folder = self.workspace / self.filled(step.get("working-directory", "."), inputs)
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", script], cwd=folder, env=environment,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=1500)
            self.log += done.stdout
            self.outputs[step.get("id", "")] = dict(
                line.split("=", 1) for line in output.read_text().splitlines())
            if done.returncode != 0:
                return done.returncode
        return 0


@pytest.fixture
def workspace(root, tmp_path):
    """A repository with a copy that is ready, checked out."""
    folder = tmp_path / "infrastructure"
    (folder / "policies").mkdir(parents=True)
    for name in READY:
        shutil.copy(root / "examples" / "one-account" / "ready" / name, folder / "policies")
    (folder / "lint-copy.yaml").write_text(
        "version: 1\ncopies:\n  - name: history\n    role: policies/role.json\n    trust: policies/trust.json\n"
        "    bucket: policies/bucket.json\n    key: policies/key.json\n"
        "    source: s3://acme-trail-logs/AWSLogs/111122223333/CloudTrail/\n")
    git(folder, "init", "--quiet")
    commit_all(folder)
    return folder


@pytest.fixture
def job(root, program, workspace, tmp_path):
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "lint-copy").symlink_to(program)
    temporary = tmp_path / "temporary folder"
    temporary.mkdir()
    return Job(root, workspace, temporary, f"{tools}:/usr/bin:/bin")


def break_trust(folder):
    trust = folder / "policies" / "trust.json"
    trust.write_text(trust.read_text().replace(":eventdatastore/", ":eventdataStore/"))


def test_the_action_passes_a_good_copy_and_uploads(job):
    assert job.run() == 0, job.log
    assert job.outputs["judge"]["exit-code"] == "0"
    (name, given), = job.used
    assert name == "github/codeql-action/upload-sarif" and given["category"] == "lint-copy"
    sarif = json.loads(pathlib.Path(given["sarif_file"]).read_text())
    assert sarif["runs"][0]["results"] == []
    assert "history" in job.summary.read_text()
    assert "copy `history`" in job.log


def test_the_action_fails_a_broken_copy_and_uploads_all_the_same(job, workspace):
    break_trust(workspace)
    assert job.run() == 1
    sarif = json.loads(pathlib.Path(job.used[0][1]["sarif_file"]).read_text())
    result, = [r for r in sarif["runs"][0]["results"] if r["level"] == "error"]
    assert result["ruleId"] == "event-data-store-arn-case"
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "policies/trust.json"
    assert "blocked" in job.summary.read_text()


def test_without_code_scanning_findings_are_annotations(job, workspace):
    break_trust(workspace)
    assert job.run(upload_sarif="false") == 1
    assert job.used == []
    assert re.search(r"^::error .*file=policies/trust\.json,line=\d+", job.log, flags=re.MULTILINE)


def test_the_action_is_strict_where_that_is_asked_for(job):
    assert job.run(strict="true") == 1
    assert job.run(strict="false") == 0


def test_the_action_takes_arguments_a_line_each(job, workspace):
    (workspace / "policies" / "a $(touch hacked) `touch hacked` file.json").write_text("{")
    assert job.run(arguments="\n--role\npolicies/a $(touch hacked) `touch hacked` file.json\n\n--no-config\n") == 1
    assert "policy-syntax" in job.log
    assert not (workspace / "hacked").exists()


def test_the_action_runs_in_a_folder(job, workspace):
    assert job.run(working_directory="policies", arguments="--role\nrole.json") == 0
    assert "copy `command line`" in job.log


def test_a_severity_that_does_not_exist_fails_without_a_report(job):
    assert job.run(fail_on="fatal") == 2
    assert job.used == [] and "sarif" not in job.outputs["judge"]


def test_a_runner_without_it_builds_it_once(root, workspace, tmp_path, installed):
    """The step that builds is `make install`; what it builds is judged with."""
    temporary = tmp_path / "runner"
    temporary.mkdir()
    job = Job(root, workspace, temporary, os.environ["PATH"])
    assert job.run() == 0, job.log
    assert job.outputs["look"]["build"] == "true"
    assert (temporary / "lint-copy" / "bin" / "lint-copy").exists()
    cache = dict(job.used)["actions/cache"]
    assert cache["path"] == str(temporary / "lint-copy")
    assert re.fullmatch("lint-copy-Linux-X64-[0-9a-f]{16}", cache["key"])


# The problem matcher


@pytest.mark.parametrize("color", ["never", "always"])
def test_the_problem_matcher_reads_what_concise_writes(root, run, color):
    matchers = json.loads((root / ".github" / "lint-copy-matcher.json").read_text())["problemMatcher"]
    patterns = [(m["severity"], m["pattern"][0]) for m in matchers]
    example = root / "examples" / "one-account"
    arguments = [
        "--role", "list-on-objects/role.json", "--trust", "old-spelling/trust.json", "--bucket", "ready/bucket.json",
        "--key", "ready/key.json", "--source", "s3://acme-trail-logs/", "--no-config", "--as-of", "2026-11-21"]
    text = run(*arguments, "--output-format", "concise", "--color", color, cwd=example).stdout.decode()
    report = json.loads(run(*arguments, "--output-format", "json", cwd=example).stdout)
    expected = [
        ({"error": "error", "warning": "warning", "note": "notice"}[f["severity"]], f["path"],
         f["range"]["start"]["line"], f["range"]["start"]["column"], f["message"], f["rule"])
        for f in report["findings"] if f["path"]]
    assert len(expected) >= 2
    found = []
    for line in text.splitlines():
        for severity, pattern in patterns:
            match = re.search(pattern["regexp"], line)
            if match:
                group = {name: match.group(pattern[name]) for name in ["file", "line", "column", "message", "code"]}
                found.append((severity, group["file"], int(group["line"]), int(group["column"]), group["message"], group["code"]))
    assert found == expected


# GitLab


def gitlab(root, workspace, program, arguments, tmp_path):
    template = yaml.safe_load((root / "templates" / "lint-copy.gitlab-ci.yml").read_text())
    tools = tmp_path / "image"
    tools.mkdir(exist_ok=True)
    if not (tools / "lint-copy").exists():
        (tools / "lint-copy").symlink_to(program)
    environment = {
        **{k: str(v) for k, v in template["variables"].items()},
        "PATH": f"{tools}:/usr/bin:/bin", "CI": "true", "CI_PROJECT_DIR": str(workspace),
        "LINT_COPY_ARGUMENTS": arguments}
    return subprocess.run(
        ["sh", "-e", "-c", "\n".join(template["lint-copy"]["script"])], cwd=workspace, env=environment,
        capture_output=True, text=True, timeout=120), template


def test_the_gitlab_job_reports(root, workspace, program, tmp_path):
    done, template = gitlab(root, workspace, program, "", tmp_path)
    assert done.returncode == 0, done.stderr
    break_trust(workspace)
    done, _ = gitlab(root, workspace, program, "", tmp_path)
    assert done.returncode == 1
    reports = template["lint-copy"]["artifacts"]["reports"]
    quality = json.loads((workspace / reports["codequality"]).read_text())
    assert [entry["location"]["path"] for entry in quality if entry["severity"] in ("critical", "major", "blocker")] == ["policies/trust.json"]
    assert "<failure" in (workspace / reports["junit"]).read_text()
    done, _ = gitlab(root, workspace, program, "--role\nno such.json", tmp_path)
    assert done.returncode == 2 and "no such.json" in done.stderr


# The image


def test_the_build_stage_has_what_the_build_needs(root, tmp_path):
    """No engine runs here to build the image: what would be copied into it is a package all the same."""
    text = (root / "Dockerfile").read_text()
    stage = text.split("\nFROM debian")[0]
    ignored = (root / ".dockerignore").read_text().split()
    for line in re.findall(r"^COPY (?!--from)(.*)$", stage, flags=re.MULTILINE):
        *sources, target = line.split()
        for source in sources:
            assert f"!{source}" in ignored
            if (root / source).is_dir():
                shutil.copytree(root / source, tmp_path / target)
            else:
                shutil.copy(root / source, tmp_path / target)
    lint("swift", "package", "--package-path", tmp_path, "describe")
    assert "RUN Scripts/build-release" in stage and (tmp_path / "Scripts" / "build-release").exists()


def test_the_final_stage_has_what_the_program_needs(root, installed):
    # Nothing is listed where the C library is inside.
    needed = subprocess.run(["ldd", installed], capture_output=True, text=True).stdout
    names = {line.split()[0].rsplit("/")[-1] for line in needed.splitlines()}
    of_debian_slim = {"linux-vdso.so.1", "libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}
    of_libstdcxx = {"libstdc++.so.6", "libgcc_s.so.1"}
    assert names <= of_debian_slim | of_libstdcxx
    final = (root / "Dockerfile").read_text().split("\nFROM debian")[1]
    assert "libstdc++6" in final
    assert re.search(r"^USER [1-9]\d*$", final, flags=re.MULTILINE)
