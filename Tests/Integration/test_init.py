"""What `lint-copy init` writes, to a person at a terminal and to other people's programs."""

import json
import os
import pathlib
import pty
import select
import shutil
import subprocess
import time

import pytest

SOURCE = "s3://acme-trail-logs/AWSLogs/111122223333/CloudTrail/"
STORE = "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/EXAMPLE-f852-4e8f-8bd1-bcf6cEXAMPLE"
OWN_KEY = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
OTHER_KEY = "arn:aws:kms:us-east-1:444455556666:key/0987dcba-09fe-87dc-65ba-ab0987654321"
HOSTILE = "s3://acme-trail-logs/it's $HOME ${aws:x} $${y} %{if} *?\"\\#: é{{}}/AWSLogs/"

COPIES = {
    "one account": ["--source", SOURCE, "--key-arn", OWN_KEY],
    "one account without a key": ["--source", SOURCE],
    "two accounts": [
        "--source", SOURCE, "--key-arn", OWN_KEY, "--key-arn", OTHER_KEY,
        "--bucket-account", "444455556666"],
    "an organization with Bucket Keys": [
        "--source", "s3://acme-org/AWSLogs/o-exampleorgid/", "--key-arn", OTHER_KEY,
        "--bucket-account", "444455556666", "--bucket-keys", "on"],
    "signs that mean something": ["--source", HOSTILE, "--key-arn", OWN_KEY],
}


@pytest.fixture(params=COPIES)
def draft(request, run, tmp_path):
    """Drafts a copy in a form; gives the folder."""

    def draft(form):
        (tmp_path / ".git").touch()
        done = run(
            "init", "--as", form, "--destination", STORE, "--role-name", "audit/copy-trail-events",
            *COPIES[request.param], cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        return tmp_path

    return draft


def log_file(prefix):
    """The key of a log file below a prefix."""
    parts = [part for part in prefix.split("AWSLogs/")[-1].split("/") if part]
    account = parts[-2] if parts[-1:] == ["CloudTrail"] else "111122223333"
    below = "" if parts[-1:] == ["CloudTrail"] else f"{account}/CloudTrail/"
    return (
        f"{prefix}{below}us-east-1/2026/03/04/"
        f"{account}_CloudTrail_us-east-1_20260304T0505Z_abcdefgh12345678.json.gz")


def answers(folder):
    """Saves what AWS would say of a copy that is ready."""
    facts = json.loads((folder / "import/start-import.json").read_text())
    bucket_region = facts["ImportSource"]["S3"]["S3BucketRegion"]
    assert bucket_region == "us-east-1"
    said = {
        "caller-identity": {
            "UserId": "AROAEXAMPLEID99999999:m", "Account": "111122223333",
            "Arn": "arn:aws:sts::111122223333:assumed-role/Admin/m"},
        "event-data-store": {
            "EventDataStoreArn": STORE, "Name": "history", "Status": "STOPPED_INGESTION",
            "AdvancedEventSelectors": [
                {"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}]}],
            "MultiRegionEnabled": True, "OrganizationEnabled": False, "RetentionPeriod": 3653,
            "BillingMode": "EXTENDABLE_RETENTION_PRICING",
            "CreatedTimestamp": "2026-11-02T09:00:25+00:00",
            "UpdatedTimestamp": "2026-11-02T09:00:25+00:00"},
        "list-imports": {"Imports": []},
        "bucket-location": {"LocationConstraint": None},
        "ownership-controls": {
            "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}},
        "request-payment": {"Payer": "BucketOwner"},
        "list-objects": {"Contents": [{
            "Key": log_file(facts["ImportSource"]["S3"]["S3LocationUri"].split("/", 3)[3]),
            "LastModified": "2026-03-04T05:10:00+00:00", "Size": 4711, "StorageClass": "STANDARD"}]},
    }
    keys = (folder / "lint-copy.yaml").read_text()
    for arn in [arn for arn in (OWN_KEY, OTHER_KEY) if arn in keys]:
        said["describe-" + arn.split("/")[1]] = {"KeyMetadata": {
            "Arn": arn, "AWSAccountId": arn.split(":")[4], "KeyId": arn.split("/")[1],
            "Enabled": True, "KeyState": "Enabled", "KeyUsage": "ENCRYPT_DECRYPT",
            "KeyManager": "CUSTOMER"}}
    for name, value in said.items():
        (folder / f"import/{name}.json").write_text(json.dumps(value))


def test_cfn_lint_has_nothing_to_say(draft):
    templates = sorted(draft("cloudformation").glob("templates/*.yaml"))
    assert len(templates) == 2
    done = subprocess.run(["cfn-lint", *templates], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def plugins():
    """The folder with Terraform's AWS provider, for `terraform init` without a network."""
    return os.environ.get("TERRAFORM_PLUGIN_DIR")


needs_terraform = pytest.mark.skipif(
    not (shutil.which("terraform") and plugins()),
    reason="needs terraform, and its AWS provider in TERRAFORM_PLUGIN_DIR")

OVERRIDE = """
provider "aws" {
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  allowed_account_ids         = null
}
"""

TRAIL = {
    "Sid": "AWSCloudTrailImportBucketAccess", "Effect": "Allow",
    "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "s3:GetBucketAcl",
    "Resource": "*"}
ROOT = {"Sid": "EnableIAMUserPermissions", "Effect": "Allow", "Action": "kms:*", "Resource": "*"}
TLS = {
    "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["*"],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}}}


def terraform(folder, *arguments):
    done = subprocess.run(
        ["terraform", f"-chdir={folder}", *arguments], capture_output=True, timeout=300,
        env={k: v for k, v in os.environ.items() if k != "TF_CLI_CONFIG_FILE"})
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@needs_terraform
def test_terraform_plans_what_the_drafts_say(draft, run):
    folder = draft("terraform")
    assert terraform(folder / "terraform", "fmt", "-check", "-diff", "-recursive") == b""
    policies = {path.stem: json.loads(path.read_text()) for path in folder.glob("policies/*.json")}
    plans = {}
    for side in sorted(folder.glob("terraform/*")):
        (side / "offline_override.tf").write_text(OVERRIDE)
        terraform(side, "init", "-input=false", f"-plugin-dir={plugins()}")
        if not side.name.startswith("role-"):
            present = [TRAIL, TLS, policies["bucket"]["Statement"][0]]
            if side.name.startswith("key-"):
                present = [dict(ROOT, Principal={"AWS": f"arn:aws:iam::{side.name[4:16]}:root"})]
            (side / "terraform.tfvars.json").write_text(json.dumps({"present_statements": present}))
        terraform(side, "plan", "-input=false", "-out=plan")
        plan = side / "plan.json"
        plan.write_bytes(terraform(side, "show", "-json", "plan"))
        plans[side.name] = json.loads(plan.read_text())

    values = {
        (side, change["type"]): change["change"]["after"]
        for side, plan in plans.items() for change in plan["resource_changes"]}
    role = values["role-111122223333", "aws_iam_role"]
    assert (role["name"], role["path"]) == ("copy-trail-events", "/audit/")
    assert json.loads(role["assume_role_policy"]) == policies["trust"]
    assert json.loads(values["role-111122223333", "aws_iam_role_policy"]["policy"]) == policies["role"]
    assert json.loads(values["role-111122223333", "aws_iam_policy"]["policy"]) == policies["caller"]
    for (side, kind), value in values.items():
        if kind == "aws_s3_bucket_policy":
            statements = json.loads(value["policy"])["Statement"]
            assert statements == [TRAIL, TLS, *policies["bucket"]["Statement"]]
        elif kind == "aws_kms_key_policy":
            names = [name for name in policies if name.startswith("key")]
            ours = policies["key" if len(names) == 1 else "key-" + value["key_id"].split("/")[1]]
            assert json.loads(value["policy"])["Statement"][-1:] == ours["Statement"]
    assert {side.split("-")[1] for side in plans} == {
        account for account in ("111122223333", "444455556666")
        if account in (folder / "lint-copy.yaml").read_text()}

    # The plans alone, in the place of the drafts.
    answers(folder)
    facts = (folder / "lint-copy.yaml").read_text().split("copies:\n")[1]
    lines = [
        line for line in facts.splitlines()
        if not line.strip().startswith(("role:", "trust:", "bucket:", "key:", "- arn: ", "file:"))]
    lines[lines.index("    documents: import/*.json")] = (
        "    documents: [import/*.json, terraform/*/plan.json]\n"
        "    account: '111122223333'\n    region: us-east-1\n"
        "    start-time: 2026-01-01\n    end-time: 2026-11-01\n    as-of: 2026-11-21"
        + ("" if "key:" in facts and "key: none" not in facts else "\n    key: none"))
    (folder / "lint-copy.yaml").write_text("version: 1\ncopies:\n" + "\n".join(lines) + "\n")
    done = run("--strict", cwd=folder)
    assert done.returncode == 0, (done.stdout + done.stderr).decode()
    assert b"`trail-events` is ready: " in done.stdout


class Terminal:
    """A program with a terminal as its three streams."""

    def __init__(self, arguments, **options):
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            arguments, stdin=slave, stdout=slave, stderr=slave, start_new_session=True, **options)
        os.close(slave)
        self.seen = b""

    def wait_for(self, text):
        deadline = time.monotonic() + 20
        while text not in self.seen and time.monotonic() < deadline:
            if select.select([self.master], [], [], 0.2)[0]:
                try:
                    self.seen += os.read(self.master, 4096)
                except OSError:
                    break
        assert text in self.seen, self.seen
        self.seen = self.seen.split(text, 1)[1]

    def type(self, text):
        os.write(self.master, text)

    def close(self):
        code = self.process.wait(timeout=20)
        os.close(self.master)
        return code


@pytest.fixture
def terminal(program, tmp_path):
    """Starts `lint-copy init` at a terminal."""

    def start(*arguments, **variables):
        environment = {k: v for k, v in os.environ.items() if k != "CI"}
        return Terminal(
            [program, "init", *arguments], cwd=tmp_path, env={**environment, **variables})

    return start


def test_a_person_is_asked_at_a_terminal(terminal, tmp_path):
    screen = terminal("--bucket-account", "444455556666")
    screen.wait_for(b"what is copied, as s3://bucket/prefix/: ")
    screen.type(b"bucket\n")
    screen.wait_for(b"`bucket` is not an S3 location")
    screen.wait_for(b"what is copied, as s3://bucket/prefix/: ")
    screen.type(SOURCE.encode() + b"\n")
    for question, answer in [
        (b"event data store: ", STORE.encode()), (b"[copy-trail-events]: ", b""),
        (b"encrypted with [none]: ", OTHER_KEY.encode()), (b"Region [us-east-1]: ", b""),
        (b"[not known]: ", b"off"), (b"[all events]: ", b""),
    ]:
        screen.wait_for(question)
        screen.type(answer + b"\n")
    screen.wait_for(b"then `lint-copy` tells there whether the copy is ready")
    assert screen.close() == 0
    manifest = (tmp_path / "lint-copy.yaml").read_text()
    assert 'bucket-account: "444455556666"\n' in manifest and 'bucket-keys: "off"\n' in manifest


def test_an_interrupt_at_a_question_leaves_nothing(terminal, tmp_path):
    screen = terminal()
    screen.wait_for(b"prefix/: ")
    screen.process.send_signal(2)
    assert screen.close() == -2
    assert list(tmp_path.iterdir()) == []


def test_the_end_of_input_at_a_question_leaves_nothing(terminal, tmp_path):
    screen = terminal()
    screen.wait_for(b"prefix/: ")
    screen.type(b"\x04")
    screen.wait_for(b"`--source` is missing")
    assert screen.close() == 2
    assert list(tmp_path.iterdir()) == []


def test_nobody_is_asked_in_ci_or_without_a_terminal(terminal, run, tmp_path):
    screen = terminal(CI="true")
    screen.wait_for(b"lint-copy: `--source` is missing")
    assert screen.close() == 2
    done = run("init", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b" is missing\n") == 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("delay", [0.0, 0.002, 0.004, 0.006, 0.008, 0.012, 0.016, 0.024])
def test_a_kill_leaves_whole_files(program, tmp_path, delay):
    arguments = [
        program, "init", "--source", SOURCE, "--destination", STORE, "--role-name", "copy",
        "--key-arn", OWN_KEY]
    whole = tmp_path / "whole"
    subprocess.run([*arguments, "--directory", whole], check=True, capture_output=True, timeout=60)
    killed = tmp_path / "killed"
    process = subprocess.Popen(
        [*arguments, "--directory", killed], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(delay)
    process.kill()
    process.wait()
    left = [path for path in killed.rglob("*") if path.is_file() and ".lint-copy-" not in path.name]
    for path in left:
        assert path.read_bytes() == (whole / path.relative_to(killed)).read_bytes()
    if (killed / "lint-copy.yaml").exists():
        assert len(left) == len([path for path in whole.rglob("*") if path.is_file()])
