"""Documents for `lint-copy simulate`: the requests a copy of trail events makes, 1.5 kB each."""

import json

ROLE = "arn:aws:iam::111122223333:role/service-role/cloudtrail-copy"
STORE = "arn:aws:cloudtrail:eu-west-1:111122223333:eventdatastore/EXAMPLE-f852-4e8f-8bd1-bcf6cEXAMPLE"
KEY = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-1111-2222-3333-444455556666"
BUCKET = "arn:aws:s3:::acme-logs"


def text(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": statements}, separators=(",", ":"))


ROLE_POLICY = text(
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": BUCKET + "/*",
     "Condition": {"Bool": {"aws:SecureTransport": "true"}}},
    {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": KEY,
     "Condition": {"StringLike": {"kms:EncryptionContext:aws:s3:arn": BUCKET + "/*"}}},
)
BUCKET_POLICY = text(
    {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": BUCKET + "/*",
     "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
    {"Effect": "Allow", "Principal": {"AWS": ROLE}, "Action": "s3:GetObject",
     "Resource": BUCKET + "/*", "Condition": {"StringEquals": {"aws:SourceArn": STORE}}},
)
KEY_POLICY = text(
    {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*",
     "Resource": "*"},
    {"Effect": "Allow", "Principal": {"AWS": ROLE}, "Action": "kms:Decrypt",
     "Resource": "*", "Condition": {"StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}}},
)


def entries(**values):
    return [{"ContextKeyName": name, "ContextKeyValues": [value], "ContextKeyType": kind}
            for name, (value, kind) in values.items()]


def request(number):
    """The document with a number: five reads of objects in six, one decryption."""
    account, day = 100000000000 + number * 7919 % 899999999999, number % 28 + 1
    key = (f"AWSLogs/{account}/CloudTrail/eu-west-1/2026/05/{day:02}/"
           f"{account}_CloudTrail_eu-west-1_202605{day:02}T0000Z_{number:08}.json.gz")
    is_decryption = number % 6 == 5
    context = entries(**{
        "aws:SecureTransport": ("false" if number % 5 == 0 else "true", "boolean"),
        "aws:SourceArn": (STORE if number % 4 else STORE + "x", "string"),
        **({"kms:ViaService": ("s3.eu-west-1.amazonaws.com", "string"),
            "kms:EncryptionContext:aws:s3:arn": (f"{BUCKET}/{key}", "string")} if is_decryption else {}),
    })
    return {
        "PolicyInputList": [ROLE_POLICY],
        "ResourcePolicy": KEY_POLICY if is_decryption else BUCKET_POLICY,
        "CallerArn": ROLE,
        "ActionNames": ["kms:Decrypt" if is_decryption else "s3:GetObject"],
        "ResourceArns": [KEY if is_decryption else f"{BUCKET}/{key}"],
        "ContextEntries": context,
    }


def write(path, count):
    """Writes a stream of documents; gives their size."""
    size = 0
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            line = json.dumps(request(number), separators=(",", ":"))
            size += len(line) + 1
            file.write(line + "\n")
    return size
