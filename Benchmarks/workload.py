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


def write_copies(root, example, count):
    """A repository of many copies: folders with documents of their own, and one lint-copy.yaml over all."""
    root.mkdir()
    facts = {
        "source": "s3://acme-trail-logs/AWSLogs/111122223333/CloudTrail/",
        "bucket-account": "111122223333",
        "role-arn": "arn:aws:iam::111122223333:role/copy-trail-events",
        "key-arn": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "start-time": "2026-01-01", "end-time": "2026-11-01", "as-of": "2026-11-21",
    }
    layers = {"role": "role", "trust": "trust", "bucket": "bucket", "key": "key", "caller-policy": "caller-policy"}

    def copy(name, folder, bucket):
        lines = [f"  - name: {name}"]
        lines += [f"    {option}: {folder}{document}.json" for option, document in layers.items()]
        lines += [f"    documents: [{', '.join(folder + path.name for path in others)}]"]
        lines += [f'    {fact}: "{value.replace("acme-trail-logs", bucket)}"' for fact, value in facts.items()]
        return lines

    documents = sorted(path for path in example.iterdir() if path.suffix == ".json")
    others = [path for path in documents if path.stem not in layers.values()]
    all_lines, names = ["version: 1", "copies:"], []
    for number in range(count):
        name, bucket = f"copy-{number:04}", f"acme-trail-logs-{number:04}"
        folder = root / name
        folder.mkdir()
        for path in documents:
            text = path.read_text().replace("acme-trail-logs", bucket)
            (folder / path.name).write_text(text)
        (folder / "lint-copy.yaml").write_text("\n".join(["version: 1", "copies:"] + copy(name, "", bucket)) + "\n")
        all_lines += copy(name, name + "/", bucket)
        names.append(name)
    (root / "lint-copy.yaml").write_text("\n".join(all_lines) + "\n")
    return names


def write_inventory(folder, rows):
    """An S3 Inventory in CSV with its manifest; gives the name of the file with the rows."""
    folder.mkdir()
    name = "data.csv"
    with open(folder / name, "w", encoding="utf-8") as file:
        for number in range(rows):
            day, region = number % 28 + 1, ("us-east-1", "eu-west-1", "ap-southeast-2")[number % 3]
            key = (f"AWSLogs/111122223333/CloudTrail/{region}/2026/05/{day:02}/"
                   f"111122223333_CloudTrail_{region}_202605{day:02}T0000Z_{number:016x}.json.gz")
            file.write(f'"acme-trail-logs","{key}","{1000 + number % 9000}","2026-05-{day:02}T00:05:00.000Z",'
                       f'"STANDARD","SSE-KMS"\n')
    manifest = {
        "sourceBucket": "acme-trail-logs", "destinationBucket": "arn:aws:s3:::acme-inventory",
        "version": "2016-11-30", "creationTimestamp": "1795132800000", "fileFormat": "CSV",
        "fileSchema": "Bucket, Key, Size, LastModifiedDate, StorageClass, EncryptionStatus",
        "files": [{"key": f"acme-trail-logs/daily/data/{name}", "size": (folder / name).stat().st_size,
                   "MD5checksum": "00000000000000000000000000000000"}],
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2))
    return name
