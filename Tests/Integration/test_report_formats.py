"""The formats that have schemas, checked with other people's validators.

The unit tests prove that the program writes exactly these snapshots.
"""

import json

import jsonschema
import pytest


@pytest.fixture(scope="module")
def snapshots(root):
    return root / "Tests" / "ReportingTests" / "Snapshots"


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_schema_of_the_json_report_is_a_schema(root):
    jsonschema.Draft202012Validator.check_schema(load(root / "docs" / "report.schema.json"))


@pytest.mark.parametrize("name", ["report.json", "hostile.json"])
def test_the_json_report_follows_its_schema(root, snapshots, name):
    schema = load(root / "docs" / "report.schema.json")
    jsonschema.Draft202012Validator(schema).validate(load(snapshots / name))


@pytest.mark.parametrize("name", ["report.sarif", "hostile.sarif"])
def test_sarif_follows_its_schema(root, snapshots, name):
    schema = root.parent / "shared" / "corpora" / "sarif" / "sarif-schema-2.1.0.json"
    if not schema.exists():
        pytest.skip("the SARIF schema is not beside the package")
    jsonschema.Draft7Validator(load(schema)).validate(load(snapshots / name))
