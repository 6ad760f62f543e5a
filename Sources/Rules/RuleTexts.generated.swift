// Generated from the files in Rules/ by `make rules`; the tests fail where it is stale.
// swift-format-ignore-file

/// The rule files as they are, for their pages: read only where one is shown.
package enum RuleTexts {
  /// The file of a rule; empty for an id that no rule has.
  package static func text(of id: String) -> StaticString {
    switch id {
    case "s3-get-object":
#"""
id: s3-get-object
summary: the role can read every log file below the source prefix
severity: error
category: access-denied
check: access
with: {principal: role, action: "s3:GetObject", resource: objects}
needs: [--role, --bucket, --source, --role-arn, --bucket-account]
explanation: |
  CloudTrail reads each log file with `s3:GetObject`, as the role it assumed.

  A log file that may not be read becomes a failure of the import, which then ends as `FAILED`
  with part of the events copied. A rule that covers only some accounts, Regions or dates of the
  prefix fails late: the import runs for hours before it reaches them.

  Allow `s3:GetObject` on the objects, not on the bucket:
  `arn:aws:s3:::BUCKET/PREFIX*`. Where the bucket belongs to another account, both the role's
  permissions and the bucket policy must allow it. A Deny anywhere wins: look for statements about
  VPC endpoints, addresses or organizations, which CloudTrail's requests do not satisfy.

  What is proven covers every key of the documented shape of log files below the prefix, within
  the dates of the copy where they are stated. Keys of another shape are not part of it.
fix: 'adds what the nearest statement of the copy lacks, or a statement with the documented conditions; across accounts on both sides; with `--unsafe-fixes` excepts the role from a statement that denies it'
sources:
  - title: "AWS CloudTrail User Guide, Copy trail events to an event data store, IAM permissions for copying trail events"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-copy-trail-to-lake-eds.html#copy-trail-events-permissions-iam
  - title: "AWS CloudTrail User Guide, Copy trail events to an event data store, Amazon S3 bucket policy for copying trail events"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-copy-trail-to-lake-eds.html#copy-trail-events-permissions-s3
bad:
  - about: the bucket's ARN covers no object
    document: role
    statement: |
      {
        "Sid": "ReadLogFiles",
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": «"arn:aws:s3:::acme-trail-logs"»
      }
  - about: the prefix of another account
    document: role
    statement: |
      {
        "Sid": "ReadLogFiles",
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": «"arn:aws:s3:::acme-trail-logs/AWSLogs/111122223333/*"»
      }
good:
  - document: role
    statement: |
      {
        "Sid": "ReadLogFiles",
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::acme-trail-logs/AWSLogs/444455556666/CloudTrail/*"
      }

"""#
    case "s3-list-bucket":
#"""
id: s3-list-bucket
summary: the role can list the source bucket
severity: error
category: access-denied
check: access
with: {principal: role, action: "s3:ListBucket", resource: bucket}
needs: [--role, --bucket, --source, --role-arn, --bucket-account]
explanation: |
  CloudTrail lists the bucket to find the log files of the time range.

  Without it the import finds no file and fails, and a file that is missing looks like one that
  may not be read.

  Allow `s3:ListBucket` on the bucket's ARN, not on its objects: `arn:aws:s3:::BUCKET/*` grants
  nothing here. A condition on `s3:prefix` is fine only where every prefix that CloudTrail lists
  begins with it; nobody documents which it lists, so such a condition leaves the answer open.
fix: 'adds what the nearest statement of the copy lacks, or a statement with the documented conditions; across accounts on both sides; with `--unsafe-fixes` excepts the role from a statement that denies it'
sources:
  - title: "AWS CloudTrail User Guide, Copy trail events to an event data store, IAM permissions for copying trail events"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-copy-trail-to-lake-eds.html#copy-trail-events-permissions-iam
  - title: "Amazon S3 User Guide, Policy actions for Amazon S3"
    url: https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html
bad:
  - about: the objects instead of the bucket
    document: role
    statement: |
      {
        "Sid": "ListLogFiles",
        "Effect": "Allow",
        "Action": "s3:ListBucket",
        "Resource": «"arn:aws:s3:::acme-trail-logs/*"»
      }
good:
  - document: role
    statement: |
      {
        "Sid": "ListLogFiles",
        "Effect": "Allow",
        "Action": "s3:ListBucket",
        "Resource": "arn:aws:s3:::acme-trail-logs"
      }

"""#
    case "s3-get-bucket-acl":
#"""
id: s3-get-bucket-acl
summary: the role can read the source bucket's ACL
severity: error
category: access-denied
check: access
with: {principal: role, action: "s3:GetBucketAcl", resource: bucket}
needs: [--role, --bucket, --source, --role-arn, --bucket-account]
explanation: |
  CloudTrail reads the bucket's ACL before it copies, to see whose bucket it is.

  Without it the import is refused although every log file could be read. The permission is needed
  even where ACLs are disabled: reading them stays allowed then.

  Allow `s3:GetBucketAcl` on the bucket's ARN, not on its objects. Where the bucket belongs to
  another account, both the role's permissions and the bucket policy must allow it.
fix: 'adds what the nearest statement of the copy lacks, or a statement with the documented conditions; across accounts on both sides; with `--unsafe-fixes` excepts the role from a statement that denies it'
sources:
  - title: "AWS CloudTrail User Guide, Copy trail events to an event data store, IAM permissions for copying trail events"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-copy-trail-to-lake-eds.html#copy-trail-events-permissions-iam
  - title: "Amazon S3 User Guide, Controlling ownership of objects and disabling ACLs for your bucket"
    url: https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
bad:
  - about: the objects instead of the bucket
    document: role
    statement: |
      {
        "Sid": "ReadBucketAcl",
        "Effect": "Allow",
        "Action": "s3:GetBucketAcl",
        "Resource": «"arn:aws:s3:::acme-trail-logs/*"»
      }
good:
  - document: role
    statement: |
      {
        "Sid": "ReadBucketAcl",
        "Effect": "Allow",
        "Action": "s3:GetBucketAcl",
        "Resource": "arn:aws:s3:::acme-trail-logs"
      }

"""#
    case "kms-decrypt":
#"""
id: kms-decrypt
summary: the role can decrypt with every key of the log files
severity: error
category: access-denied
check: access
with: {principal: role, action: "kms:Decrypt", resource: key}
needs: [--role, --key, --key-arn, --role-arn, --bucket-keys]
explanation: |
  S3 decrypts a log file with its KMS key on behalf of the role, so the role needs `kms:Decrypt`.

  Where a key does not allow it, reading the log file is denied, whatever the bucket policy says.
  Several keys over the years are usual: the trail's own key, the bucket's default before and
  after a change. Each of them must allow it.

  In the key's account the key policy decides alone, or it hands the decision to IAM by allowing
  the account (`arn:aws:iam::ACCOUNT:root`). Across accounts the key policy and the role's
  permissions must both allow it. In the role's permissions name the key's ARN: an alias never
  matches.

  Grants of the key are not looked at.
fix: 'adds what the nearest statement of the copy lacks, or a statement with the documented conditions; across accounts on both sides; with `--unsafe-fixes` excepts the role from a statement that denies it'
sources:
  - title: "AWS CloudTrail User Guide, Copy trail events to an event data store, KMS key policy for decrypting data in the source S3 bucket"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-copy-trail-to-lake-eds.html#copy-trail-events-permissions-kms
  - title: "AWS KMS Developer Guide, Allowing users in other accounts to use a KMS key"
    url: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
bad:
  - about: an alias is no key
    document: role
    statement: |
      {
        "Sid": "DecryptLogFiles",
        "Effect": "Allow",
        "Action": "kms:Decrypt",
        "Resource": «"arn:aws:kms:us-east-1:444455556666:alias/trail-logs"»
      }
good:
  - document: role
    statement: |
      {
        "Sid": "DecryptLogFiles",
        "Effect": "Allow",
        "Action": "kms:Decrypt",
        "Resource": "arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab"
      }

"""#
    case "kms-generate-data-key":
#"""
id: kms-generate-data-key
summary: the role can generate data keys with every key of the log files
severity: error
category: access-denied
check: access
with: {principal: role, action: "kms:GenerateDataKey", resource: key}
needs: [--role, --key, --key-arn, --role-arn, --bucket-keys]
explanation: |
  CloudTrail runs checks of the encrypted log files that need `kms:GenerateDataKey` beside
  `kms:Decrypt`.

  A role that may only decrypt looks right and fails: StartImport answers
  `InsufficientEncryptionPolicyException`, or the import ends with failures.

  Allow both actions on each key, in the key policy and, where the key belongs to another account,
  in the role's permissions too. `kms:GenerateDataKeyPair` or
  `kms:GenerateDataKeyWithoutPlaintext` are other actions; `kms:GenerateDataKey*` covers all three.
fix: 'adds what the nearest statement of the copy lacks, or a statement with the documented conditions; across accounts on both sides; with `--unsafe-fixes` excepts the role from a statement that denies it'
sources:
  - title: "AWS CloudTrail User Guide, Copy trail events to an event data store, KMS key policy for decrypting data in the source S3 bucket"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-copy-trail-to-lake-eds.html#copy-trail-events-permissions-kms
  - title: "AWS CloudTrail API Reference, StartImport, Errors"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartImport.html#API_StartImport_Errors
bad:
  - about: a key of the role's account instead of the bucket's
    document: role
    statement: |
      {
        "Sid": "GenerateDataKeys",
        "Effect": "Allow",
        "Action": "kms:GenerateDataKey",
        "Resource": «"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"»
      }
good:
  - document: role
    statement: |
      {
        "Sid": "GenerateDataKeys",
        "Effect": "Allow",
        "Action": "kms:GenerateDataKey",
        "Resource": "arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab"
      }

"""#
    case "sts-assume-role":
#"""
id: sts-assume-role
summary: CloudTrail can assume the role
severity: error
category: access-denied
check: access
with: {principal: service, action: "sts:AssumeRole", resource: role}
needs: [--trust, --destination, --role-arn]
explanation: |
  CloudTrail assumes the role of the import as the service `cloudtrail.amazonaws.com`.

  Where the trust policy does not let it, nothing is copied at all: the import fails at its first
  request. Only the trust policy and resource control policies count here; permissions of the role
  do not.

  Allow `sts:AssumeRole` to `{"Service": "cloudtrail.amazonaws.com"}`. The name has no Region and
  is the same in every partition. Conditions on keys that the request does not carry, such as
  `sts:ExternalId` or `aws:PrincipalOrgID`, keep CloudTrail out.
fix: 'adds CloudTrail to the principals, or a statement that lets it assume the role for the event data store alone'
sources:
  - title: "AWS CloudTrail User Guide, Copy trail events to an event data store, IAM permissions for copying trail events"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-copy-trail-to-lake-eds.html#copy-trail-events-permissions-iam
bad:
  - about: a service of that name does not exist
    document: trust
    statement: |
      {
        "Sid": "AllowCloudTrail",
        "Effect": "Allow",
        "Principal": «{"Service": "cloudtrail.us-east-1.amazonaws.com"}»,
        "Action": "sts:AssumeRole",
        "Condition": {
          "StringEquals": {
            "aws:SourceAccount": "111122223333",
            "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"
          }
        }
      }
good:
  - document: trust
    statement: |
      {
        "Sid": "AllowCloudTrail",
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {
          "StringEquals": {
            "aws:SourceAccount": "111122223333",
            "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"
          }
        }
      }

"""#
    case "public-access-block":
#"""
id: public-access-block
summary: RestrictPublicBuckets does not shut the role out
severity: error
category: access-denied
check: public-access-block
needs: [--bucket, --bucket-account, --role-arn, aws s3api get-public-access-block]
explanation: |
  With `RestrictPublicBuckets`, S3 ignores what a public bucket policy grants to other accounts,
  all of it.

  One statement makes the whole policy count as public: a principal `*` without a condition that
  fixes an account, an organization, a VPC or a narrow range of addresses. Then even the statement
  that names the role of another account grants nothing, and every request of the copy is denied.
  Services and principals of the bucket's own account keep their access.

  Give the public statement a fixed principal or such a condition, or take it out. Not applicable
  where bucket and role are in one account, or where the policy is not public.
sources:
  - title: "Amazon S3 User Guide, Blocking public access to your Amazon S3 storage, The meaning of public"
    url: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
bad:
  - about: a statement for everyone beside the one for the role
    document: bucket
    statement: |
      {
        "Sid": "EveryoneMaySeeWhere",
        "Effect": "Allow",
        "Principal": «"*"»,
        "Action": "s3:GetBucketLocation",
        "Resource": "arn:aws:s3:::acme-trail-logs"
      }
    beside:
      - document: get-public-access-block
        text: |
          {
            "PublicAccessBlockConfiguration": {
              "BlockPublicAcls": true,
              "IgnorePublicAcls": true,
              "BlockPublicPolicy": false,
              "RestrictPublicBuckets": true
            }
          }
good:
  - about: everyone of one organization
    document: bucket
    statement: |
      {
        "Sid": "EveryoneMaySeeWhere",
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetBucketLocation",
        "Resource": "arn:aws:s3:::acme-trail-logs",
        "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}}
      }
    beside:
      - document: get-public-access-block
        text: |
          {
            "PublicAccessBlockConfiguration": {
              "BlockPublicAcls": true,
              "IgnorePublicAcls": true,
              "BlockPublicPolicy": false,
              "RestrictPublicBuckets": true
            }
          }

"""#
    case "source-arn-condition":
#"""
id: source-arn-condition
summary: a condition on `aws:SourceArn` in the trust policy names the event data store
severity: error
otherwise: warning
category: condition
check: trust-condition
with: {key: "aws:SourceArn"}
needs: [--trust, --destination]
explanation: |
  CloudTrail assumes the role on behalf of the event data store, and `aws:SourceArn` is that
  store's ARN.

  A trust policy pinned to a trail, to another store or to the store's name instead of its id keeps
  CloudTrail out, and the import fails at its first request.

  Name the ARN of the store the events are copied into. With a `*` use `ArnLike` or `StringLike`:
  `StringEquals` compares it as an ordinary character. Not applicable where the trust policy has no
  such condition; whether it should have one is what `confused-deputy` says.
fix: 'adds the ARN of the event data store to the values; with `--unsafe-fixes` writes it in the place of another'
sources:
  - title: "AWS CloudTrail User Guide, Cross-service confused deputy prevention"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cross-service-confused-deputy-prevention.html
  - title: "AWS CloudTrail User Guide, Copy trail events to an event data store, IAM permissions for copying trail events"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-copy-trail-to-lake-eds.html#copy-trail-events-permissions-iam
bad:
  - about: the bucket's account in the ARN instead of the store's
    document: trust
    statement: |
      {
        "Sid": "AllowCloudTrail",
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {
          "StringEquals": {
            "aws:SourceAccount": "111122223333",
            "aws:SourceArn": «"arn:aws:cloudtrail:us-east-1:444455556666:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"»
          }
        }
      }
good:
  - document: trust
    statement: |
      {
        "Sid": "AllowCloudTrail",
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {
          "StringEquals": {
            "aws:SourceAccount": "111122223333",
            "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"
          }
        }
      }

"""#
    case "source-account-condition":
#"""
id: source-account-condition
summary: a condition on `aws:SourceAccount` in the trust policy names the account of the event data store
severity: error
otherwise: warning
category: condition
check: trust-condition
with: {key: "aws:SourceAccount"}
needs: [--trust, --destination]
explanation: |
  `aws:SourceAccount` is the account that uses CloudTrail Lake: the one in the event data store's
  ARN.

  The usual slip is the bucket's account, where bucket and Lake are not in the same account. Then
  the condition never matches and CloudTrail cannot assume the role. An organization's event data
  store belongs to the management account, even where the delegated administrator made it.

  Name the account of the event data store.
fix: 'adds the account of the event data store to the values; with `--unsafe-fixes` writes it in the place of another'
sources:
  - title: "AWS CloudTrail User Guide, Copy trail events to an event data store, IAM permissions for copying trail events"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-copy-trail-to-lake-eds.html#copy-trail-events-permissions-iam
  - title: "AWS CloudTrail User Guide, Cross-service confused deputy prevention"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cross-service-confused-deputy-prevention.html
bad:
  - about: the bucket's account instead of the store's
    document: trust
    statement: |
      {
        "Sid": "AllowCloudTrail",
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {
          "StringEquals": {
            "aws:SourceAccount": «"444455556666"»,
            "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"
          }
        }
      }
good:
  - document: trust
    statement: |
      {
        "Sid": "AllowCloudTrail",
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {
          "StringEquals": {
            "aws:SourceAccount": "111122223333",
            "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"
          }
        }
      }

"""#
    case "event-data-store-arn-case":
#"""
id: event-data-store-arn-case
summary: the ARN of the event data store is written `eventdatastore/`, in lower case
severity: error
otherwise: warning
category: condition
check: cause
with: {kind: event-data-store-arn-case}
needs: [--trust, --role, --key, --destination]
explanation: |
  The ARN of an event data store has `eventdatastore/` in it, all lower case.

  Versions of the CloudTrail guide from 2023 wrote `eventdataStore/` in their sample policies. The
  operators `StringEquals`, `StringLike` and `ArnLike` tell capitals from small letters, so a
  condition copied from there never matches and access is denied.

  Write `eventdatastore/`. The fix changes nothing else.
fix: 'writes `eventdatastore/`, and changes nothing else'
sources:
  - title: "AWS CloudTrail User Guide, Copy trail events to an event data store, IAM permissions for copying trail events"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-copy-trail-to-lake-eds.html#copy-trail-events-permissions-iam
  - title: "IAM User Guide, IAM JSON policy elements: Condition operators, Amazon Resource Name (ARN) condition operators"
    url: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
bad:
  - document: trust
    statement: |
      {
        "Sid": "AllowCloudTrail",
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {
          "StringEquals": {
            "aws:SourceAccount": "111122223333",
            "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111122223333:«eventdataStore»/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"
          }
        }
      }
good:
  - document: trust
    statement: |
      {
        "Sid": "AllowCloudTrail",
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {
          "StringEquals": {
            "aws:SourceAccount": "111122223333",
            "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"
          }
        }
      }

"""#
    case "bucket-key-context":
#"""
id: bucket-key-context
summary: a condition on the encryption context fits the bucket's use of S3 Bucket Keys
severity: error
otherwise: warning
category: condition
check: cause
with: {kind: bucket-key-context}
needs: [--key, --bucket-keys]
explanation: |
  With S3 Bucket Keys the encryption context `aws:s3:arn` is the bucket's ARN; without, it is the
  object's.

  The sample key policy of the CloudTrail guide asks for `arn:aws:s3:::BUCKET/*`. Objects written
  while Bucket Keys were on carry `arn:aws:s3:::BUCKET`, which that pattern does not match, so
  decrypting them is denied. Switching Bucket Keys off helps later objects only.

  List both values: the bucket's ARN and `BUCKET/*`. Where the objects were written partly with and
  partly without Bucket Keys (`--bucket-keys mixed`), both are needed.
fix: 'adds the bucket''s ARN, or that of its objects, to the encryption contexts'
sources:
  - title: "Amazon S3 User Guide, Reducing the cost of SSE-KMS with Amazon S3 Bucket Keys, Changes to note before enabling an S3 Bucket Key"
    url: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html#bucket-key-changes
  - title: "AWS CloudTrail User Guide, Copy trail events to an event data store, KMS key policy for decrypting data in the source S3 bucket"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-copy-trail-to-lake-eds.html#copy-trail-events-permissions-kms
bad:
  - document: key
    statement: |
      {
        "Sid": "AWSCloudTrailImportDecrypt",
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:role/CopyTrailEvents"},
        "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
        "Resource": "*",
        "Condition": {
          "StringLike": {
            "kms:EncryptionContext:aws:s3:arn": «"arn:aws:s3:::acme-trail-logs/*"»
          }
        }
      }
    options: {bucket-keys: "on"}
good:
  - document: key
    statement: |
      {
        "Sid": "AWSCloudTrailImportDecrypt",
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:role/CopyTrailEvents"},
        "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
        "Resource": "*",
        "Condition": {
          "StringLike": {
            "kms:EncryptionContext:aws:s3:arn": [
              "arn:aws:s3:::acme-trail-logs",
              "arn:aws:s3:::acme-trail-logs/*"
            ]
          }
        }
      }
    options: {bucket-keys: "on"}

"""#
    case "acls-disabled":
#"""
id: acls-disabled
summary: the source bucket's ACLs are disabled
severity: error
category: prerequisite
check: object-ownership
needs: [aws s3api get-bucket-ownership-controls]
explanation: |
  The guide and the API reference ask for ACLs of the source bucket to be disabled before a copy.

  With ACLs, objects may belong to whoever wrote them, and then neither the bucket policy nor the
  bucket's owner decides who reads them. A bucket ACL that grants nobody else anything is no proof
  that ACLs are disabled.

  Set Object Ownership to Bucket owner enforced (`BucketOwnerEnforced`). Move grants of the bucket's
  ACL into the bucket policy first, otherwise S3 refuses with
  `InvalidBucketAclWithObjectOwnership`. Save the answer of
  `aws s3api get-bucket-ownership-controls` and give it to `lint-copy`; a bucket without ownership
  controls is an old one with ACLs enabled, or one nobody looked at, so it proves nothing.
sources:
  - title: "AWS CloudTrail User Guide, Copy trail events to an event data store, Considerations for copying trail events"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-copy-trail-to-lake-eds.html#cloudtrail-trail-copy-considerations-lake
  - title: "AWS CloudTrail API Reference, StartImport"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartImport.html
  - title: "Amazon S3 User Guide, Controlling ownership of objects and disabling ACLs for your bucket"
    url: https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
bad:
  - document: get-bucket-ownership-controls
    text: |
      {"OwnershipControls": {"Rules": [{"ObjectOwnership": «"BucketOwnerPreferred"»}]}}
good:
  - document: get-bucket-ownership-controls
    text: |
      {"OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}}

"""#
    case "management-account-only":
#"""
id: management-account-only
summary: a copy into an organization's event data store is started by the management account
severity: error
category: prerequisite
check: management-account
needs: [--caller-account, --management-account, aws cloudtrail get-event-data-store]
explanation: |
  Only the management account can copy trail events into an organization event data store.

  The delegated administrator manages such a store and may query it, but StartImport is refused to
  it. The store always belongs to the management account, even where the delegated administrator
  created it, so its ARN says which account that is.

  Start the import as a principal of the management account, or copy into a store that is not the
  organization's. Not applicable to a store of one account.
sources:
  - title: "AWS CloudTrail User Guide, Copy trail events to an event data store, Considerations for copying trail events"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-copy-trail-to-lake-eds.html#cloudtrail-trail-copy-considerations-lake
  - title: "AWS CloudTrail API Reference, StartImport"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartImport.html
bad:
  - about: started by a delegated administrator
    document: get-event-data-store
    text: |
      {
        "EventDataStoreArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f",
        "Status": "STOPPED_INGESTION",
        "OrganizationEnabled": true,
        "RetentionPeriod": 1095
      }
    options: {caller-account: "«222233334444»"}
good:
  - document: get-event-data-store
    text: |
      {
        "EventDataStoreArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f",
        "Status": "STOPPED_INGESTION",
        "OrganizationEnabled": true,
        "RetentionPeriod": 1095
      }
    options: {caller-account: "111122223333"}

"""#
    case "event-data-store-key-policy":
#"""
id: event-data-store-key-policy
summary: the event data store's own KMS key lets CloudTrail use it, without conditions on the source
severity: error
category: prerequisite
check: store-key-policy
needs: [--key, aws cloudtrail get-event-data-store]
explanation: |
  A store with a KMS key of its own needs the service `cloudtrail.amazonaws.com` to have
  `kms:GenerateDataKey` and `kms:Decrypt` in that key's policy.

  Without them CloudTrail cannot write events into the store. `aws:SourceArn` and
  `aws:SourceAccount` do not work there: the guide says that CloudTrail supports them in the key
  policy of a trail, not in that of an event data store. In the policy of the key that encrypts the
  *source bucket's* objects they do work, for the role; it is easy to mix the two keys up.

  Allow both actions to the service without a condition on the source. Where one key serves store
  and bucket, the service's statement stays without condition and the role's may have one. Not
  applicable to a store without a key of its own.
sources:
  - title: "AWS CloudTrail User Guide, Configure AWS KMS key policies for CloudTrail, Granting encrypt permissions for event data stores"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html#create-kms-key-policy-for-cloudtrail-encrypt-eds
  - title: "AWS CloudTrail User Guide, Default KMS key policy for CloudTrail Lake event data stores"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/default-kms-key-policy.html#default-kms-key-policy-eds
bad:
  - document: key
    statement: |
      {
        "Sid": "EncryptEventDataStore",
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": ["kms:GenerateDataKey", "kms:Decrypt"],
        "Resource": "*",
        "Condition": {"StringEquals": {«"aws:SourceAccount"»: "111122223333"}}
      }
    beside:
      - document: get-event-data-store
        text: |
          {
            "EventDataStoreArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f",
            "Status": "STOPPED_INGESTION",
            "OrganizationEnabled": false,
            "RetentionPeriod": 1095,
            "KmsKeyId": "arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab"
          }
good:
  - document: key
    statement: |
      {
        "Sid": "EncryptEventDataStore",
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": ["kms:GenerateDataKey", "kms:Decrypt"],
        "Resource": "*"
      }
    beside:
      - document: get-event-data-store
        text: |
          {
            "EventDataStoreArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f",
            "Status": "STOPPED_INGESTION",
            "OrganizationEnabled": false,
            "RetentionPeriod": 1095,
            "KmsKeyId": "arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab"
          }

"""#
    case "retention-coverage":
#"""
id: retention-coverage
summary: the retention period reaches back to the oldest event, and as long ahead as they are kept
severity: error
category: events-lost
check: retention
with: {question: coverage}
needs: [--start-time, --keep-days, aws cloudtrail get-event-data-store]
explanation: |
  CloudTrail copies only events whose time lies within the store's retention period, counted back
  from now.

  Older events are left out without a failure: the import ends as `COMPLETED`, and nobody is told.
  And what is copied expires when it reaches that age, so events at the edge are gone the next day.

  Set the retention period to the age of the oldest event in days plus the days you want to keep it
  (`--keep-days`). It can be raised with `aws cloudtrail update-event-data-store
  --retention-period DAYS` within the limits of the store's pricing option, before the copy.

  The oldest event is taken from `--start-time`, else from the oldest log file of a listing.
sources:
  - title: "AWS CloudTrail User Guide, Copy trail events to an event data store, Considerations for copying trail events"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-copy-trail-to-lake-eds.html#cloudtrail-trail-copy-considerations-lake
bad:
  - about: for a copy that starts at an event 689 days old
    document: get-event-data-store
    text: |
      {
        "EventDataStoreArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f",
        "Status": "STOPPED_INGESTION",
        "OrganizationEnabled": false,
        "RetentionPeriod": «366»
      }
    options: {start-time: "2025-01-01T00:00:00Z", as-of: "2026-11-21T00:00:00Z"}
  - about: reaches back far enough, but not 365 days ahead
    document: get-event-data-store
    text: |
      {
        "EventDataStoreArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f",
        "Status": "STOPPED_INGESTION",
        "OrganizationEnabled": false,
        "RetentionPeriod": «731»
      }
    options:
      start-time: "2025-01-01T00:00:00Z"
      as-of: "2026-11-21T00:00:00Z"
      keep-days: "365"
good:
  - about: 689 days back and 365 days ahead
    document: get-event-data-store
    text: |
      {
        "EventDataStoreArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f",
        "Status": "STOPPED_INGESTION",
        "OrganizationEnabled": false,
        "RetentionPeriod": 1095
      }
    options:
      start-time: "2025-01-01T00:00:00Z"
      as-of: "2026-11-21T00:00:00Z"
      keep-days: "365"

"""#
    case "archived-objects":
#"""
id: archived-objects
summary: no log file of the copy lies in an archive
severity: error
category: events-lost
check: listing
with: {question: storage-class}
needs: [--start-time, --end-time, aws s3api list-objects-v2, aws s3api get-bucket-lifecycle-configuration]
explanation: |
  CloudTrail reads with `GetObject`, which cannot read S3 Glacier Flexible Retrieval, Glacier Deep
  Archive, Outposts or the archive tiers of Intelligent-Tiering.

  Such a log file is a failure of the import, its events are missing, and the import ends as
  `FAILED` after everything else was copied and paid for.

  Restore the objects of the time range first (`aws s3api restore-object`) and start the copy while
  the restored copies exist. Glacier Instant Retrieval, the infrequent-access classes and restored
  objects are fine. For Intelligent-Tiering a listing does not show the tier: give an S3 Inventory
  with the access tier, or `aws s3api head-object`. A lifecycle rule that archives objects before
  the copy's oldest log file is that old speaks for it too, and is a warning alone.
sources:
  - title: "AWS CloudTrail User Guide, Copy trail events to an event data store, Considerations for copying trail events"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-copy-trail-to-lake-eds.html#cloudtrail-trail-copy-considerations-lake
  - title: "Amazon S3 User Guide, Restoring an archived object"
    url: https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects.html
bad:
  - document: list-objects-v2
    text: |
      {
        "Contents": [
          {
            "Key": "AWSLogs/444455556666/CloudTrail/us-east-1/2025/03/04/444455556666_CloudTrail_us-east-1_20250304T0210Z_AbCdEfGhIjKlMnOp.json.gz",
            "LastModified": "2025-03-04T02:15:00+00:00",
            "Size": 4711,
            "StorageClass": «"DEEP_ARCHIVE"»
          }
        ]
      }
good:
  - about: restored until after the copy
    document: list-objects-v2
    text: |
      {
        "Contents": [
          {
            "Key": "AWSLogs/444455556666/CloudTrail/us-east-1/2025/03/04/444455556666_CloudTrail_us-east-1_20250304T0210Z_AbCdEfGhIjKlMnOp.json.gz",
            "LastModified": "2025-03-04T02:15:00+00:00",
            "Size": 4711,
            "StorageClass": "GLACIER",
            "RestoreStatus": {
              "IsRestoreInProgress": false,
              "RestoreExpiryDate": "2026-12-24T00:00:00+00:00"
            }
          }
        ]
      }

"""#
    case "gzip-log-files":
#"""
id: gzip-log-files
summary: every log file is compressed with gzip
severity: error
category: events-lost
check: listing
with: {question: gzip}
needs: [aws s3api list-objects-v2]
explanation: |
  CloudTrail copies events only from log files that are compressed with gzip.

  Files that somebody unpacked, or packed in another way, are failures of the import and their
  events are missing.

  Compress them again under their old names, which end in `.json.gz`. A listing shows names alone:
  a file of that name that is not gzip inside is not found here.
sources:
  - title: "AWS CloudTrail User Guide, Copy trail events to an event data store, Considerations for copying trail events"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-copy-trail-to-lake-eds.html#cloudtrail-trail-copy-considerations-lake
bad:
  - about: an unpacked log file
    document: list-objects-v2
    text: |
      {
        "Contents": [
          {
            "Key": «"AWSLogs/444455556666/CloudTrail/us-east-1/2025/03/04/444455556666_CloudTrail_us-east-1_20250304T0210Z_AbCdEfGhIjKlMnOp.json"»,
            "LastModified": "2025-03-04T02:15:00+00:00",
            "Size": 47110,
            "StorageClass": "STANDARD"
          }
        ]
      }
good:
  - document: list-objects-v2
    text: |
      {
        "Contents": [
          {
            "Key": "AWSLogs/444455556666/CloudTrail/us-east-1/2025/03/04/444455556666_CloudTrail_us-east-1_20250304T0210Z_AbCdEfGhIjKlMnOp.json.gz",
            "LastModified": "2025-03-04T02:15:00+00:00",
            "Size": 4711,
            "StorageClass": "STANDARD"
          }
        ]
      }

"""#
    case "encryption-keys-covered":
#"""
id: encryption-keys-covered
summary: the policy of every key that encrypts log files is known
severity: error
category: events-lost
check: key-coverage
needs: [--key, --key-arn, aws s3api get-bucket-encryption, aws cloudtrail describe-trails]
explanation: |
  A log file is encrypted with the key of the day it was written: the trail's `KmsKeyId` if it has
  one, else the bucket's default of that time.

  Where one of several keys does not let the role in, the log files of a whole period are failures.
  The trail's key beats the bucket's default, so a bucket with SSE-S3 may still hold objects under a
  KMS key.

  The key `aws/s3` that AWS manages admits principals of its own account alone, and its policy
  cannot be changed: a role of another account never decrypts what it encrypts.

  Give the policy of each key that a document names: `--key KEY_ARN=FILE`. That there are no further
  keys is an assumption of the report; an S3 Inventory does not show the key, `head-object` does.
sources:
  - title: "AWS CloudTrail User Guide, Copy trail events to an event data store, Required permissions for copying trail events"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-copy-trail-to-lake-eds.html#copy-trail-events-permissions
  - title: "AWS CloudTrail User Guide, Encrypting CloudTrail log files with AWS KMS keys (SSE-KMS)"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html
bad:
  - about: the key that AWS manages admits no role of another account
    document: get-bucket-encryption
    text: |
      {
        "ServerSideEncryptionConfiguration": {
          "Rules": [
            {
              "ApplyServerSideEncryptionByDefault": {
                "SSEAlgorithm": "aws:kms",
                "KMSMasterKeyID": «"alias/aws/s3"»
              },
              "BucketKeyEnabled": false
            }
          ]
        }
      }
good:
  - about: the key whose policy is given
    document: get-bucket-encryption
    text: |
      {
        "ServerSideEncryptionConfiguration": {
          "Rules": [
            {
              "ApplyServerSideEncryptionByDefault": {
                "SSEAlgorithm": "aws:kms",
                "KMSMasterKeyID": "arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab"
              },
              "BucketKeyEnabled": false
            }
          ]
        }
      }

"""#
    case "key-state":
#"""
id: key-state
summary: every key of the log files is enabled, encrypts, and lies in the bucket's Region
severity: error
category: events-lost
check: key-state
needs: [--bucket-region, aws kms describe-key]
explanation: |
  A key that is disabled, pending deletion or pending import decrypts nothing, whatever its policy
  says.

  Log files under it are failures of the import. Once a key is deleted, they can never be read
  again.

  Enable the key, or cancel its deletion, and start the copy then. The key's `KeyState` is
  `Enabled`, its `KeyUsage` is `ENCRYPT_DECRYPT`, and its ARN names the bucket's Region.
sources:
  - title: "AWS KMS Developer Guide, Key states of AWS KMS keys"
    url: https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
  - title: "Amazon S3 User Guide, Using server-side encryption with AWS KMS keys (SSE-KMS)"
    url: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
bad:
  - document: describe-key
    text: |
      {
        "KeyMetadata": {
          "AWSAccountId": "444455556666",
          "KeyId": "1234abcd-12ab-34cd-56ef-1234567890ab",
          "Arn": "arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab",
          "KeyUsage": "ENCRYPT_DECRYPT",
          "KeyState": «"PendingDeletion"»
        }
      }
good:
  - document: describe-key
    text: |
      {
        "KeyMetadata": {
          "AWSAccountId": "444455556666",
          "KeyId": "1234abcd-12ab-34cd-56ef-1234567890ab",
          "Arn": "arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab",
          "KeyUsage": "ENCRYPT_DECRYPT",
          "KeyState": "Enabled"
        }
      }

"""#
    case "retention-range":
#"""
id: retention-range
summary: the retention period is one that the pricing option has
severity: error
category: refused
check: retention
with: {question: range}
needs: [aws cloudtrail get-event-data-store]
explanation: |
  A store keeps events for 7 to 3653 days with one-year extendable retention pricing, and for 7 to
  2557 days with seven-year retention pricing.

  A template or a command with another number is refused, so there is no store to copy into.

  Choose a number in the range. For more than 2557 days the store needs
  `EXTENDABLE_RETENTION_PRICING`; a store can change from fixed to extendable pricing, not back.
sources:
  - title: "AWS CloudTrail User Guide, Managing CloudTrail Lake costs, Event data store pricing options"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-lake-manage-costs.html#cloudtrail-lake-manage-costs-pricing-option
  - title: "AWS CloudTrail API Reference, CreateEventDataStore"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateEventDataStore.html
bad:
  - about: more than seven years with fixed pricing
    document: get-event-data-store
    text: |
      {
        "EventDataStoreArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f",
        "Status": "STOPPED_INGESTION",
        "OrganizationEnabled": false,
        "BillingMode": "FIXED_RETENTION_PRICING",
        "RetentionPeriod": «3653»
      }
good:
  - document: get-event-data-store
    text: |
      {
        "EventDataStoreArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f",
        "Status": "STOPPED_INGESTION",
        "OrganizationEnabled": false,
        "BillingMode": "EXTENDABLE_RETENTION_PRICING",
        "RetentionPeriod": 3653
      }

"""#
    case "event-data-store-status":
#"""
id: event-data-store-status
summary: the event data store takes copies in the state it is in
severity: error
category: refused
check: event-data-store-status
needs: [aws cloudtrail get-event-data-store]
explanation: |
  Trail events can be copied into a store that is `ENABLED` or `STOPPED_INGESTION`.

  In every other state StartImport is refused with `InvalidEventDataStoreStatusException` or
  `InactiveEventDataStoreException`. `CREATED`, `STARTING_INGESTION` and `STOPPING_INGESTION` pass
  within minutes; a store that is `PENDING_DELETION` is deleted after seven days.

  Wait until the state has passed; restore a store that is pending deletion with
  `aws cloudtrail restore-event-data-store`.
sources:
  - title: "AWS CloudTrail User Guide, Manage event data store lifecycles"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-eds-disable-termination.html
  - title: "AWS CloudTrail API Reference, StartImport, Errors"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartImport.html#API_StartImport_Errors
bad:
  - document: get-event-data-store
    text: |
      {
        "EventDataStoreArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f",
        "Status": «"PENDING_DELETION"»,
        "OrganizationEnabled": false,
        "RetentionPeriod": 1095
      }
good:
  - document: get-event-data-store
    text: |
      {
        "EventDataStoreArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f",
        "Status": "STOPPED_INGESTION",
        "OrganizationEnabled": false,
        "RetentionPeriod": 1095
      }

"""#
    case "event-data-store-category":
#"""
id: event-data-store-category
summary: the event data store holds CloudTrail events
severity: error
category: refused
check: event-data-store-category
needs: [aws cloudtrail get-event-data-store]
explanation: |
  Trail events can only be copied into a store for CloudTrail events: its selectors are of the
  category `Management`, `Data` or `NetworkActivity`.

  For Insights events, configuration items, Audit Manager evidence or events from outside AWS there
  are other stores, whose schema is another; StartImport is refused with
  `InvalidEventDataStoreCategoryException`.

  Create a store for CloudTrail events. Which of the three it collects does not matter: a copy brings
  all events of the trail.
sources:
  - title: "AWS CloudTrail User Guide, CloudTrail Lake event data stores"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-event-data-store.html
  - title: "AWS CloudTrail API Reference, StartImport, Errors"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartImport.html#API_StartImport_Errors
bad:
  - about: a store for configuration items
    document: get-event-data-store
    text: |
      {
        "EventDataStoreArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f",
        "Status": "STOPPED_INGESTION",
        "OrganizationEnabled": false,
        "AdvancedEventSelectors": [
          {"FieldSelectors": [{"Field": "eventCategory", "Equals": [«"ConfigurationItem"»]}]}
        ],
        "RetentionPeriod": 1095
      }
good:
  - document: get-event-data-store
    text: |
      {
        "EventDataStoreArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f",
        "Status": "STOPPED_INGESTION",
        "OrganizationEnabled": false,
        "AdvancedEventSelectors": [
          {"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}]}
        ],
        "RetentionPeriod": 1095
      }

"""#
    case "import-request":
#"""
id: import-request
summary: the request is one that StartImport takes
severity: error
category: refused
check: import-request
needs: [--source, --bucket-region, --destination, --start-time, --end-time]
explanation: |
  StartImport takes one destination and one source, an S3 URI with the bucket's own Region and the
  role's ARN, and a time range that begins before it ends.

  Anything else is refused, at the latest when you have assembled everything else:
  `InvalidImportSourceException`, `EventDataStoreARNInvalidException`, `InvalidParameterException`.

  Look at the place shown. Usual slips: an `https://` address or an ARN instead of `s3://`; the
  Region of the store instead of the bucket's; an ARN of another account; `ImportId`, which retries
  an import, beside a new source; the empty strings of a skeleton. Where the Region is none of those
  in which the guide lists CloudTrail Lake, that is a warning: the list may be older than the Region.
sources:
  - title: "AWS CloudTrail API Reference, StartImport"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartImport.html
  - title: "AWS CloudTrail API Reference, S3ImportSource"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_S3ImportSource.html
bad:
  - about: the range ends before it begins
    document: start-import
    text: |
      {
        "Destinations": ["arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"],
        "ImportSource": {
          "S3": {
            "S3LocationUri": "s3://acme-trail-logs/AWSLogs/444455556666/CloudTrail/",
            "S3BucketRegion": "us-east-1",
            "S3BucketAccessRoleArn": "arn:aws:iam::111122223333:role/CopyTrailEvents"
          }
        },
        "StartEventTime": "2025-01-01T00:00:00Z",
        "EndEventTime": «"2024-01-01T00:00:00Z"»
      }
  - about: the URI of a web page
    document: start-import
    text: |
      {
        "Destinations": ["arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"],
        "ImportSource": {
          "S3": {
            "S3LocationUri": «"https://acme-trail-logs.s3.amazonaws.com/AWSLogs/444455556666/CloudTrail/"»,
            "S3BucketRegion": "us-east-1",
            "S3BucketAccessRoleArn": "arn:aws:iam::111122223333:role/CopyTrailEvents"
          }
        }
      }
good:
  - document: start-import
    text: |
      {
        "Destinations": ["arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"],
        "ImportSource": {
          "S3": {
            "S3LocationUri": "s3://acme-trail-logs/AWSLogs/444455556666/CloudTrail/",
            "S3BucketRegion": "us-east-1",
            "S3BucketAccessRoleArn": "arn:aws:iam::111122223333:role/CopyTrailEvents"
          }
        },
        "StartEventTime": "2025-01-01T00:00:00Z",
        "EndEventTime": "2026-11-01T00:00:00Z"
      }

"""#
    case "import-in-progress":
#"""
id: import-in-progress
summary: no other import of the account is under way
severity: error
category: refused
check: ongoing-import
needs: [aws cloudtrail list-imports]
explanation: |
  An account runs one import at a time, whatever its destination.

  While another one is `INITIALIZING` or `IN_PROGRESS`, StartImport is refused with
  `AccountHasOngoingImportException`. Imports that `COMPLETED`, `FAILED` or were `STOPPED` do not
  matter.

  Wait for it, or stop it with `aws cloudtrail stop-import`. Save all pages of
  `aws cloudtrail list-imports` without `--destination` and `--import-status`: a filtered or cut-off
  list may hide the import that blocks, so it leaves the answer open.
sources:
  - title: "AWS CloudTrail User Guide, View event copy details with the CloudTrail console"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/copy-trail-details.html
  - title: "AWS CloudTrail API Reference, StartImport, Errors"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartImport.html#API_StartImport_Errors
bad:
  - document: list-imports
    text: |
      {
        "Imports": [
          {
            "ImportId": "11111111-2222-3333-4444-555555555555",
            "ImportStatus": «"IN_PROGRESS"»,
            "Destinations": ["arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/EXAMPLE1-4357-45cd-bce5-17ec652719d9"],
            "CreatedTimestamp": "2026-11-20T17:08:20.705000+00:00",
            "UpdatedTimestamp": "2026-11-20T18:01:00+00:00"
          }
        ]
      }
good:
  - document: list-imports
    text: |
      {
        "Imports": [
          {
            "ImportId": "11111111-2222-3333-4444-555555555555",
            "ImportStatus": "COMPLETED",
            "Destinations": ["arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/EXAMPLE1-4357-45cd-bce5-17ec652719d9"],
            "CreatedTimestamp": "2026-11-20T17:08:20.705000+00:00",
            "UpdatedTimestamp": "2026-11-20T18:01:00+00:00"
          }
        ]
      }

"""#
    case "caller-start-import":
#"""
id: caller-start-import
summary: whoever starts the import may call StartImport
severity: error
category: refused
check: access
with: {principal: caller, action: "cloudtrail:StartImport", resource: any}
needs: [--caller-policy, --caller-account]
explanation: |
  Whoever runs `aws cloudtrail start-import` needs `cloudtrail:StartImport` on `*`.

  StartImport, StopImport, GetImport, ListImports and ListImportFailures have no resource types: a
  statement that names the event data store's ARN grants none of them, though it looks more careful.

  Allow `cloudtrail:StartImport` with `"Resource": "*"`. To follow and stop the import, allow the
  other four the same way.
fix: 'adds `cloudtrail:StartImport` to a statement, or a statement that allows it'
sources:
  - title: "Service Authorization Reference, Actions, resources, and condition keys for AWS CloudTrail"
    url: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html
bad:
  - about: the store's ARN
    document: caller-policy
    statement: |
      {
        "Sid": "StartImport",
        "Effect": "Allow",
        "Action": "cloudtrail:StartImport",
        "Resource": «"arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"»
      }
good:
  - document: caller-policy
    statement: |
      {
        "Sid": "StartImport",
        "Effect": "Allow",
        "Action": "cloudtrail:StartImport",
        "Resource": "*"
      }

"""#
    case "caller-pass-role":
#"""
id: caller-pass-role
summary: whoever starts the import may pass the role to CloudTrail
severity: error
category: refused
check: access
with: {principal: caller, action: "iam:PassRole", resource: role}
needs: [--caller-policy, --role-arn]
explanation: |
  Naming the role in an import passes it to CloudTrail, so the caller needs `iam:PassRole` on the
  role.

  Without it StartImport is denied, to administrators of CloudTrail too: no permission of CloudTrail
  holds it.

  Allow `iam:PassRole` on the role's ARN, path included. A condition on `iam:PassedToService` is
  good: its value is `cloudtrail.amazonaws.com`.
fix: 'adds a statement that allows passing the role to CloudTrail alone'
sources:
  - title: "Service Authorization Reference, Actions, resources, and condition keys for AWS CloudTrail"
    url: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html
  - title: "IAM User Guide, Grant a user permissions to pass a role to an AWS service"
    url: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
bad:
  - about: another service
    document: caller-policy
    statement: |
      {
        "Sid": "PassRole",
        "Effect": "Allow",
        "Action": "iam:PassRole",
        "Resource": "arn:aws:iam::111122223333:role/CopyTrailEvents",
        "Condition": {"StringEquals": {"iam:PassedToService": «"s3.amazonaws.com"»}}
      }
good:
  - document: caller-policy
    statement: |
      {
        "Sid": "PassRole",
        "Effect": "Allow",
        "Action": "iam:PassRole",
        "Resource": "arn:aws:iam::111122223333:role/CopyTrailEvents",
        "Condition": {"StringEquals": {"iam:PassedToService": "cloudtrail.amazonaws.com"}}
      }

"""#
    case "policy-syntax":
#"""
id: policy-syntax
summary: the document can be parsed
severity: error
category: document
check: grammar
explanation: |
  A policy is JSON, or YAML that means the same JSON; AWS refuses a document it cannot parse.

  Nothing of such a document is known, so every answer that hangs on it stays *not checked*.

  Correct the text at the place shown. JSON has no comments, no comma after the last element and no
  single quotes, and a name appears once in an object. An empty or a binary file is found here too.
sources:
  - title: "IAM User Guide, Grammar of the IAM JSON policy language"
    url: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
bad:
  - about: a comma after the last element
    document: trust
    text: |
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Effect": "Allow",
            "Principal": {"Service": "cloudtrail.amazonaws.com"},
            "Action": "sts:AssumeRole"«,»
          }
        ]
      }
good:
  - document: trust
    text: |
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Effect": "Allow",
            "Principal": {"Service": "cloudtrail.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {
              "StringEquals": {
                "aws:SourceAccount": "111122223333",
                "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"
              }
            }
          }
        ]
      }

"""#
    case "policy-grammar":
#"""
id: policy-grammar
summary: the document follows the grammar of IAM policies
severity: error
category: document
check: grammar
explanation: |
  AWS refuses a policy that does not follow the grammar: unknown elements, missing ones, values of
  another type.

  Some of it is accepted by the tool that deploys it and refused by AWS half-way, some of it by no
  one: `Effect` with a small `a` stands in many a template. What a statement with such a mistake
  does is not known, so it counts as applying *perhaps*.

  Correct the element. `Effect` is `Allow` or `Deny`; a statement has `Action` or `NotAction` and,
  but in a trust policy, `Resource` or `NotResource`; only policies attached to a resource have
  `Principal`.
fix: 'adds the statements that the copy needs to a policy that has none'
sources:
  - title: "IAM User Guide, Grammar of the IAM JSON policy language"
    url: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
bad:
  - document: bucket
    statement: |
      {
        "Sid": "AWSCloudTrailWrite",
        "Effect": «"allow"»,
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::acme-trail-logs/AWSLogs/444455556666/*"
      }
good:
  - document: bucket
    statement: |
      {
        "Sid": "AWSCloudTrailWrite",
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::acme-trail-logs/AWSLogs/444455556666/*"
      }

"""#
    case "unknown-condition-operator":
#"""
id: unknown-condition-operator
summary: every condition operator is one of IAM's
severity: error
category: document
check: grammar
explanation: |
  IAM knows 27 condition operators, each with `IfExists` at its end and `ForAllValues:` or
  `ForAnyValue:` at its start.

  AWS refuses a policy with another one. Their names tell capitals from small letters: it is
  `StringEquals` and `Bool`, but `IpAddress` and `ArnLike`.

  Use an operator of the list. `Null` takes no `IfExists`.
sources:
  - title: "IAM User Guide, IAM JSON policy elements: Condition operators"
    url: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
bad:
  - document: bucket
    statement: |
      {
        "Sid": "AWSCloudTrailWrite",
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::acme-trail-logs/AWSLogs/444455556666/*",
        "Condition": {«"StringEqual"»: {"s3:x-amz-acl": "bucket-owner-full-control"}}
      }
good:
  - document: bucket
    statement: |
      {
        "Sid": "AWSCloudTrailWrite",
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::acme-trail-logs/AWSLogs/444455556666/*",
        "Condition": {"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}}
      }

"""#
    case "malformed-arn":
#"""
id: malformed-arn
summary: every resource and principal is written as an ARN that AWS takes
severity: error
category: document
check: grammar
explanation: |
  An ARN is `arn:partition:service:region:account:resource`; of some services region and account
  are empty, but their colons stay.

  AWS refuses a resource or principal of another shape: a bare name, an unknown partition, a bucket
  with a Region, a role without its kind. Where it accepts one in an identity policy, it fills the
  missing parts with `*`, which is more than was meant.

  Write all six parts. The ARN of a bucket has three colons in a row, `arn:aws:s3:::BUCKET`; that of
  a role has two, `arn:aws:iam::ACCOUNT:role/NAME`.
sources:
  - title: "IAM User Guide, Identify AWS resources with Amazon Resource Names (ARNs)"
    url: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
bad:
  - about: the path alone
    document: bucket
    statement: |
      {
        "Sid": "AWSCloudTrailWrite",
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": «"acme-trail-logs/AWSLogs/444455556666/*"»
      }
good:
  - document: bucket
    statement: |
      {
        "Sid": "AWSCloudTrailWrite",
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::acme-trail-logs/AWSLogs/444455556666/*"
      }

"""#
    case "malformed-condition-value":
#"""
id: malformed-condition-value
summary: every condition value is one that its operator can compare
severity: error
category: document
check: grammar
explanation: |
  `Bool` compares `true` and `false`, `Date…` a date or seconds since 1970, `IpAddress` an address
  or a range, `Numeric…` a number, `Arn…` an ARN.

  A value of another kind is refused, or it is accepted and the condition never holds: an Allow
  grants nothing then, and a Deny denies nothing.

  Write the value as the operator reads it, or use a string operator. Dates and addresses take no
  wildcards.
sources:
  - title: "IAM User Guide, IAM JSON policy elements: Condition operators"
    url: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
bad:
  - document: bucket
    statement: |
      {
        "Sid": "AWSCloudTrailWrite",
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::acme-trail-logs/AWSLogs/444455556666/*",
        "Condition": {"DateLessThan": {"aws:CurrentTime": «"31/12/2027"»}}
      }
good:
  - document: bucket
    statement: |
      {
        "Sid": "AWSCloudTrailWrite",
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::acme-trail-logs/AWSLogs/444455556666/*",
        "Condition": {"DateLessThan": {"aws:CurrentTime": "2027-12-31T00:00:00Z"}}
      }

"""#
    case "documents-disagree":
#"""
id: documents-disagree
summary: what is stated about the copy does not contradict itself
severity: error
category: evidence
check: agreement
explanation: |
  Two inputs say different things about the same copy: a bucket in two Regions, two accounts that
  own it, two roles.

  One of them is about another copy, or out of date. Whatever was proven would be proven about a
  copy that nobody is going to start.

  Give the documents of one copy, saved at about the same time. An option wins over a document, so
  that the rest can be judged, but the finding stays until they agree.
sources:
  - title: "AWS CloudTrail API Reference, StartImport, Errors"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartImport.html#API_StartImport_Errors
bad:
  - about: for a copy with `--bucket-region us-east-1`
    document: get-bucket-location
    text: |
      {"LocationConstraint": «"eu-west-1"»}
    options: {bucket-region: us-east-1}
good:
  - about: where null stands for `us-east-1`
    document: get-bucket-location
    text: |
      {"LocationConstraint": null}
    options: {bucket-region: us-east-1}

"""#
    case "confused-deputy":
#"""
id: confused-deputy
summary: only the copy's event data store can make CloudTrail assume the role
severity: warning
category: exposure
check: confused-deputy
needs: [--trust, --destination]
explanation: |
  Without a condition on its source, the trust policy lets CloudTrail assume the role for anybody's
  event data store.

  Somebody in another account who knows the role's ARN could name it in an import of their own and
  have CloudTrail read your logs into their store: a confused deputy.

  Ask for `aws:SourceArn` to be the store's ARN, and `aws:SourceAccount` its account. A pattern that
  takes in other accounts, or other trails and stores of the account, is too wide: one more copy into
  another store should be one more line.
fix: 'with `--unsafe-fixes` adds the conditions on `aws:SourceArn` and `aws:SourceAccount`, or makes wider ones exact; where others share the statement, gives CloudTrail one of its own'
sources:
  - title: "AWS CloudTrail User Guide, Cross-service confused deputy prevention"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cross-service-confused-deputy-prevention.html
  - title: "IAM User Guide, The confused deputy problem"
    url: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
bad:
  - about: no condition at all
    document: trust
    statement: |
      {
        "Sid": "AllowCloudTrail",
        "Effect": "Allow",
        "Principal": {"Service": «"cloudtrail.amazonaws.com"»},
        "Action": "sts:AssumeRole"
      }
good:
  - document: trust
    statement: |
      {
        "Sid": "AllowCloudTrail",
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {
          "StringEquals": {
            "aws:SourceAccount": "111122223333",
            "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"
          }
        }
      }

"""#
    case "role-account":
#"""
id: role-account
summary: the role is in the account of the event data store
severity: warning
category: refused
check: role-account
needs: [--role-arn, --destination]
explanation: |
  Whoever starts the import passes the role to CloudTrail, and a role can be passed only within its
  own account.

  An import with a role of the bucket's account is refused, though the policies of that role look
  right. The guide does not say so in as many words, hence a warning.

  Make the role in the account of the event data store, and let it into the bucket's account with the
  bucket policy and the key policy.
sources:
  - title: "IAM User Guide, Grant a user permissions to pass a role to an AWS service"
    url: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
bad:
  - about: a role of the bucket's account
    options: {role-arn: "«arn:aws:iam::444455556666:role/CopyTrailEvents»"}
    document: caller-policy
    statement: |
      {
        "Sid": "PassRole",
        "Effect": "Allow",
        "Action": "iam:PassRole",
        "Resource": "arn:aws:iam::444455556666:role/CopyTrailEvents"
      }
    beside:
      - document: bucket
        statement: |
          {
            "Sid": "AWSCloudTrailImportBucketAccess",
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::444455556666:role/CopyTrailEvents"},
            "Action": ["s3:ListBucket", "s3:GetBucketAcl", "s3:GetObject"],
            "Resource": ["arn:aws:s3:::acme-trail-logs", "arn:aws:s3:::acme-trail-logs/*"]
          }
      - document: key
        statement: |
          {
            "Sid": "AWSCloudTrailImportDecrypt",
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::444455556666:role/CopyTrailEvents"},
            "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
            "Resource": "*"
          }
good:
  - options: {role-arn: "arn:aws:iam::111122223333:role/CopyTrailEvents"}

"""#
    case "copy-prefix":
#"""
id: copy-prefix
summary: the source prefix holds the trail's log files and ends where they end
severity: warning
category: events-lost
check: copy-prefix
needs: [--source, aws cloudtrail describe-trails]
explanation: |
  Log files lie below `[PREFIX/]AWSLogs/[ORGANIZATION/]ACCOUNT/CloudTrail/`, and the source should end
  there.

  - Without the last slash, `…/CloudTrail` takes `CloudTrail-Digest/` and `CloudTrail-Insight/` too,
    whose files are failures.
  - The trail of an organization puts its id between `AWSLogs/` and the account: a source without it
    finds nothing, and the copy is complete with no event.
  - `AWSLogs/ACCOUNT/` takes what other services delivered beside CloudTrail's files.
  - By default CloudTrail looks only into the `CloudTrail` prefix; the trail's own prefix must be part
    of the source.
  - S3 tells capitals apart: nothing lies below `awslogs/` or `cloudtrail/`.

  Write the prefix down to `CloudTrail/`, or to `AWSLogs/o-…/` for all accounts of an organization.
sources:
  - title: "AWS CloudTrail User Guide, Copy trail events to an event data store, Considerations for copying trail events"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-copy-trail-to-lake-eds.html#cloudtrail-trail-copy-considerations-lake
  - title: "AWS CloudTrail User Guide, Finding your CloudTrail log files"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
bad:
  - about: also takes `CloudTrail-Digest/`
    options: {source: "«s3://acme-trail-logs/AWSLogs/444455556666/CloudTrail»"}
good:
  - options: {source: "s3://acme-trail-logs/AWSLogs/444455556666/CloudTrail/"}

"""#
    case "foreign-files":
#"""
id: foreign-files
summary: below the source prefix lie CloudTrail's log files alone
severity: warning
category: events-lost
check: listing
with: {question: foreign}
needs: [--source, aws s3api list-objects-v2]
explanation: |
  Files that other services delivered (AWS Config, load balancers, VPC flow logs) cannot be copied.

  Each of them is a failure, so the import ends as `FAILED` although every event was copied, and a
  real failure is hard to see among them. CloudTrail's own digest and Insights files are no log
  files either.

  End the source at `CloudTrail/`, or copy account by account. Where other files lie below that
  prefix, move them.
sources:
  - title: "AWS CloudTrail User Guide, View event copy details with the CloudTrail console"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/copy-trail-details.html
bad:
  - about: a file of another service among the log files
    document: list-objects-v2
    text: |
      {
        "Contents": [
          {
            "Key": "AWSLogs/444455556666/CloudTrail/us-east-1/2025/03/04/444455556666_CloudTrail_us-east-1_20250304T0210Z_AbCdEfGhIjKlMnOp.json.gz",
            "LastModified": "2025-03-04T02:15:00+00:00",
            "Size": 4711,
            "StorageClass": "STANDARD"
          },
          {
            "Key": «"AWSLogs/444455556666/CloudTrail/us-east-1/2025/03/04/flow-logs.log.gz"»,
            "LastModified": "2025-03-04T02:15:00+00:00",
            "Size": 4711,
            "StorageClass": "STANDARD"
          }
        ]
      }
good:
  - document: list-objects-v2
    text: |
      {
        "Contents": [
          {
            "Key": "AWSLogs/444455556666/CloudTrail/us-east-1/2025/03/04/444455556666_CloudTrail_us-east-1_20250304T0210Z_AbCdEfGhIjKlMnOp.json.gz",
            "LastModified": "2025-03-04T02:15:00+00:00",
            "Size": 4711,
            "StorageClass": "STANDARD"
          }
        ]
      }

"""#
    case "log-expiry":
#"""
id: log-expiry
summary: no lifecycle rule has deleted log files of the time range
severity: warning
category: events-lost
check: log-expiry
needs: [--start-time, --source, aws s3api get-bucket-lifecycle-configuration]
explanation: |
  A lifecycle rule that expires log files before they are as old as the copy's start has deleted
  them already.

  The copy ends as `COMPLETED` without their events: there is no file left to fail.

  Move the start of the copy to what is left, or look for another copy of the logs: versions of the
  bucket, a replica, another trail. A rule with a date deletes all that there is from that date on,
  for as long as it is enabled. Only rules that are enabled and whose filter covers the source
  prefix count.
sources:
  - title: "Amazon S3 User Guide, Expiring objects"
    url: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-expire-general-considerations.html
bad:
  - about: for a copy that starts at an event 689 days old
    document: get-bucket-lifecycle-configuration
    text: |
      {
        "Rules": [
          {
            "ID": "expire-logs",
            "Status": "Enabled",
            "Filter": {"Prefix": "AWSLogs/"},
            "Expiration": {"Days": «365»}
          }
        ]
      }
    options: {start-time: "2025-01-01T00:00:00Z", as-of: "2026-11-21T00:00:00Z"}
good:
  - document: get-bucket-lifecycle-configuration
    text: |
      {
        "Rules": [
          {
            "ID": "expire-logs",
            "Status": "Enabled",
            "Filter": {"Prefix": "AWSLogs/"},
            "Expiration": {"Days": 2557}
          }
        ]
      }
    options: {start-time: "2025-01-01T00:00:00Z", as-of: "2026-11-21T00:00:00Z"}

"""#
    case "requester-pays":
#"""
id: requester-pays
summary: the bucket's owner pays for requests
severity: warning
category: prerequisite
check: request-payer
needs: [aws s3api get-bucket-request-payment]
explanation: |
  In a Requester Pays bucket a request is denied unless it says that its sender pays.

  CloudTrail does not deliver log files or query results to such a bucket. Whether an import says so
  is not documented; if it does not, every read is denied.

  Set the bucket to `BucketOwner` for the time of the copy.
sources:
  - title: "Amazon S3 User Guide, Using Requester Pays buckets for storage transfers and usage"
    url: https://docs.aws.amazon.com/AmazonS3/latest/userguide/RequesterPaysBuckets.html
bad:
  - document: get-bucket-request-payment
    text: |
      {"Payer": «"Requester"»}
good:
  - document: get-bucket-request-payment
    text: |
      {"Payer": "BucketOwner"}

"""#
    case "duplicate-events":
#"""
id: duplicate-events
summary: the time range ends before the store began to collect events itself
severity: warning
category: events-lost
check: duplicate-events
needs: [--end-time, aws cloudtrail get-event-data-store]
explanation: |
  An event that the store collected itself and that is copied from the trail as well is in it twice.

  Counts and sums over the store are wrong then, and each event is paid for twice. Nothing removes
  the second.

  End the time range before the store was created, or before it began to ingest. A store that never
  ingested, made with `--no-start-ingestion`, has nothing to repeat; its state alone does not tell,
  for ingestion may have been stopped later.
sources:
  - title: "AWS CloudTrail User Guide, Copy trail events to an event data store, Considerations for copying trail events"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-copy-trail-to-lake-eds.html#cloudtrail-trail-copy-considerations-lake
bad:
  - document: get-event-data-store
    text: |
      {
        "EventDataStoreArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f",
        "Status": "ENABLED",
        "OrganizationEnabled": false,
        "RetentionPeriod": 1095,
        "CreatedTimestamp": «"2026-06-01T09:00:25.444000+00:00"»
      }
    options: {end-time: "2026-11-01T00:00:00Z"}
good:
  - document: get-event-data-store
    text: |
      {
        "EventDataStoreArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f",
        "Status": "ENABLED",
        "OrganizationEnabled": false,
        "RetentionPeriod": 1095,
        "CreatedTimestamp": "2026-11-02T09:00:25.444000+00:00"
      }
    options: {end-time: "2026-11-01T00:00:00Z"}

"""#
    case "unknown-action":
#"""
id: unknown-action
summary: every action exists
severity: warning
category: document
check: cause
with: {kind: unknown-action}
needs: [--role, --bucket, --key, --caller-policy]
explanation: |
  IAM takes any action of the right form, so a misspelt one is saved and grants nothing.

  Names of operations are a trap: the operation `ListObjectsV2` is allowed by `s3:ListBucket`,
  `HeadObject` by `s3:GetObject`. Where the slip decides an access, the finding is an error.

  Use the action that is meant. The program knows the actions of the Service Authorization Reference
  as of its release. Of services that a copy has nothing to do with it reports a name only where a
  similar one exists, for services come and go.
fix: 'writes the action that is meant'
sources:
  - title: "Service Authorization Reference, Actions, resources, and condition keys for AWS services"
    url: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
bad:
  - about: an operation that is no action
    document: role
    statement: |
      {
        "Sid": "ListLogFiles",
        "Effect": "Allow",
        "Action": «"s3:ListObjectsV2"»,
        "Resource": "arn:aws:s3:::acme-trail-logs"
      }
good:
  - document: role
    statement: |
      {
        "Sid": "ListLogFiles",
        "Effect": "Allow",
        "Action": "s3:ListBucket",
        "Resource": "arn:aws:s3:::acme-trail-logs"
      }

"""#
    case "unknown-condition-key":
#"""
id: unknown-condition-key
summary: every condition key exists
severity: warning
category: document
check: cause
with: {kind: unknown-condition-key}
needs: [--role, --trust, --bucket, --key]
explanation: |
  IAM takes any condition key of the right form, and a key that does not exist is never present in a
  request.

  A condition on it never holds, so an Allow grants nothing; with a negated operator or
  `…IfExists` it always holds, so it protects nothing.

  Use the key that is meant. The program knows the keys of the Service Authorization Reference and
  the global ones as of its release, and reports others only where a similar key exists or where the
  service is one the copy is about.
fix: 'writes the condition key that is meant; where it decides nothing, with `--unsafe-fixes`'
sources:
  - title: "IAM User Guide, AWS global condition context keys"
    url: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
bad:
  - document: trust
    statement: |
      {
        "Sid": "AllowCloudTrail",
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {
          "StringEquals": {
            "aws:SourceAccount": "111122223333",
            «"aws:SourceArns"»: "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"
          }
        }
      }
good:
  - document: trust
    statement: |
      {
        "Sid": "AllowCloudTrail",
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {
          "StringEquals": {
            "aws:SourceAccount": "111122223333",
            "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"
          }
        }
      }

"""#
    case "policy-version":
#"""
id: policy-version
summary: the policy is written in the language of `2012-10-17` where it needs to be
severity: warning
category: document
check: grammar
explanation: |
  A policy without `Version`, or with `2008-10-17`, is read in the language of 2008, which has no
  policy variables.

  `${aws:PrincipalAccount}` then means these very characters, so a statement that uses it matches
  nothing, and a Deny with it denies nothing. IAM refuses new managed policies of that version.
  Trust, bucket and key policies of 2008 are common and fine as long as they hold no variable.

  Write `"Version": "2012-10-17"`: it is the name of the language, not a date to change.
sources:
  - title: "IAM User Guide, IAM JSON policy elements: Version"
    url: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
bad:
  - document: caller-policy
    text: |
      {
        "Version": «"2008-10-17"»,
        "Statement": [
          {
            "Effect": "Allow",
            "Action": "cloudtrail:StartImport",
            "Resource": "*"
          },
          {
            "Effect": "Allow",
            "Action": "iam:PassRole",
            "Resource": "arn:aws:iam::111122223333:role/CopyTrailEvents"
          }
        ]
      }
good:
  - document: caller-policy
    text: |
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Effect": "Allow",
            "Action": "cloudtrail:StartImport",
            "Resource": "*"
          },
          {
            "Effect": "Allow",
            "Action": "iam:PassRole",
            "Resource": "arn:aws:iam::111122223333:role/CopyTrailEvents"
          }
        ]
      }

"""#
    case "policy-size":
#"""
id: policy-size
summary: the document is not larger than AWS takes
severity: warning
category: document
check: grammar
explanation: |
  AWS refuses a policy beyond its size: 6,144 characters for a managed policy, 10,240 for all inline
  policies of a role together, 2,048 for a trust policy, 20 KB for a bucket policy, 32,768 bytes for
  a key policy.

  It shows only when the policy is deployed. White space is not counted; the quota of trust policies
  can be raised, hence a warning. A role's policy is judged by the larger of its sizes, since nothing
  says how it will be attached; what the AWS CLI answered with fits, or it would not be there.

  Use wildcards where they say the same, or spread statements over several managed policies.
sources:
  - title: "IAM User Guide, IAM and AWS STS quotas"
    url: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  - title: "Amazon S3 User Guide, Bucket policies for Amazon S3"
    url: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html
bad:
  - about: 2,500 characters of text
    document: trust
    text: |
      {
        «"Version"»: "2012-10-17",
        "Statement": [
          {
            "Sid": "AllowCloudTrail",
            "Effect": "Allow",
            "Principal": {"Service": "cloudtrail.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {
              "StringEquals": {
                "aws:SourceAccount": "111122223333",
                "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"
              }
            }
          },
          {
            "Sid": "DenyOtherStores",
            "Effect": "Deny",
            "Principal": {"Service": "cloudtrail.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {
              "StringNotEquals": {
                "aws:SourceArn": [
                  "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/5bc8fbbc-bde5-4099-8164-d8399f767c45",
                  "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/d76d4330-f144-4bea-b0c1-1fdecb91ce37",
                  "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/87b0b125-ec1d-4da0-a6eb-8c9ebd69fe29",
                  "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/c6a53877-7733-4bdb-9721-0dff076ce2ef",
                  "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/0d464138-a623-4255-bfc1-ea36f17fd374",
                  "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/5f2dd97f-1cfb-40f6-a827-688de6a16a3b",
                  "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/617959ce-3f1f-45a8-9e52-71007814e8a2",
                  "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/3fd42359-92ed-4f45-9a1a-fe878b33e968",
                  "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/687c966c-377b-4aa2-bb2e-db20035b7399",
                  "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/de11cc9d-ea95-4c21-ae9c-82b1478c281d",
                  "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/c30d8b76-28db-425e-a3b2-29f1c4069545",
                  "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/9e30691c-2386-42ea-926a-1e48cc11d357",
                  "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/21da8978-206f-4c66-b1e0-c07e9e115e4b",
                  "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/015c33b2-df14-41aa-b8eb-18b900745130",
                  "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/f5cae3bf-3729-4619-860a-3cab359eeefb",
                  "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/2a9eba0c-df56-4d80-aa75-9159fb7ff337",
                  "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/32ea6928-f623-4bf2-904b-74ba4a0fe75d",
                  "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/a02fdaa1-ad86-4c44-a049-548e8a0a8c96",
                  "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/f7f35634-f0e3-4d97-ae81-d66d346c6e2b",
                  "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/f7108e96-f770-4226-b266-aa3bb0cde917",
                  "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"
                ]
              }
            }
          }
        ]
      }
good:
  - document: trust
    text: |
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Sid": "AllowCloudTrail",
            "Effect": "Allow",
            "Principal": {"Service": "cloudtrail.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {
              "StringEquals": {
                "aws:SourceAccount": "111122223333",
                "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"
              }
            }
          },
          {
            "Sid": "DenyOtherStores",
            "Effect": "Deny",
            "Principal": {"Service": "cloudtrail.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {
              "StringNotEquals": {
                "aws:SourceArn": [
                  "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/0585a01c-4c7d-4df0-a21a-ef57e4cc4132",
                  "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"
                ]
              }
            }
          }
        ]
      }

"""#
    case "wildcard-in-string-equals":
#"""
id: wildcard-in-string-equals
summary: a value with `*` stands under an operator that knows wildcards
severity: warning
category: condition
check: cause
with: {kind: wildcard-in-string-equals}
needs: [--role, --trust, --bucket, --key]
explanation: |
  `StringEquals` compares `*` and `?` as ordinary characters, so a value with one of them matches
  nothing that AWS sends.

  An Allow with such a condition grants nothing; where it decides an access, the finding is an
  error. A Deny with it denies nothing, which is worse and shows nowhere.

  Use `StringLike`, or `ArnLike` for an ARN.
fix: 'writes `StringLike` or `ArnLike`, or moves the condition key there where other keys have wildcards too; in a Deny with `--unsafe-fixes`'
sources:
  - title: "IAM User Guide, IAM JSON policy elements: Condition operators, String condition operators"
    url: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
  - title: "AWS CloudTrail User Guide, Cross-service confused deputy prevention"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cross-service-confused-deputy-prevention.html
bad:
  - document: key
    statement: |
      {
        "Sid": "AWSCloudTrailImportDecrypt",
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:role/CopyTrailEvents"},
        "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
        "Resource": "*",
        "Condition": {
          "StringEquals": {"kms:EncryptionContext:aws:s3:arn": «"arn:aws:s3:::acme-trail-logs/*"»}
        }
      }
good:
  - document: key
    statement: |
      {
        "Sid": "AWSCloudTrailImportDecrypt",
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:role/CopyTrailEvents"},
        "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
        "Resource": "*",
        "Condition": {
          "StringLike": {"kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::acme-trail-logs/*"}
        }
      }

"""#
    case "placeholder":
#"""
id: placeholder
summary: no sample value of the guide is left in the policies
severity: warning
category: document
check: cause
with: {kind: placeholder}
needs: [--role, --trust, --bucket, --key]
explanation: |
  The samples of the guide hold words to be replaced: `myAccountID`, `amzn-s3-demo-bucket`,
  `eventDataStoreId`, `roleArn`; templates hold `${ORG_ID}`.

  AWS takes them for ordinary text, or for a policy variable without a value, and they match
  nothing. Where one decides an access, the finding is an error. After `eventdatastore/` stands the
  store's id alone; a whole ARN pasted there is found too.

  Put in the value it stands for.
fix: 'writes what the placeholder stands for, where that is known'
sources:
  - title: "AWS CloudTrail User Guide, Copy trail events to an event data store, IAM permissions for copying trail events"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-copy-trail-to-lake-eds.html#copy-trail-events-permissions-iam
bad:
  - document: trust
    statement: |
      {
        "Sid": "AllowCloudTrail",
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {
          "StringEquals": {
            "aws:SourceAccount": «"myAccountID"»,
            "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"
          }
        }
      }
good:
  - document: trust
    statement: |
      {
        "Sid": "AllowCloudTrail",
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {
          "StringEquals": {
            "aws:SourceAccount": "111122223333",
            "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"
          }
        }
      }

"""#
    case "orphaned-principal":
#"""
id: orphaned-principal
summary: every principal still exists
severity: warning
category: document
check: cause
with: {kind: orphaned-principal}
needs: [--bucket, --key, --trust]
explanation: |
  A principal that begins with `AROA` or `AIDA` is what AWS leaves in a policy when the role or user
  it named is deleted.

  It never matches again, not even a role that is made anew under the same name: that one has
  another id. So a bucket or key policy that once let the role in no longer does. Where it decides
  an access, the finding is an error.

  Write the role's ARN again and save the policy.
fix: 'names the role by its ARN'
sources:
  - title: "IAM User Guide, AWS JSON policy elements: Principal, IAM role principals"
    url: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles
  - title: "IAM User Guide, IAM identifiers, Unique identifiers"
    url: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
bad:
  - document: bucket
    statement: |
      {
        "Sid": "AWSCloudTrailImportBucketAccess",
        "Effect": "Allow",
        "Principal": {"AWS": «"AROAEXAMPLEID12345678"»},
        "Action": ["s3:ListBucket", "s3:GetBucketAcl", "s3:GetObject"],
        "Resource": ["arn:aws:s3:::acme-trail-logs", "arn:aws:s3:::acme-trail-logs/*"]
      }
good:
  - document: bucket
    statement: |
      {
        "Sid": "AWSCloudTrailImportBucketAccess",
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:role/CopyTrailEvents"},
        "Action": ["s3:ListBucket", "s3:GetBucketAcl", "s3:GetObject"],
        "Resource": ["arn:aws:s3:::acme-trail-logs", "arn:aws:s3:::acme-trail-logs/*"]
      }

"""#
    case "key-statement-resource":
#"""
id: key-statement-resource
summary: every statement of a key policy has a Resource
severity: warning
category: document
check: cause
with: {kind: key-statement-resource}
needs: [--key]
explanation: |
  A statement of a key policy without `Resource` has no effect, though AWS KMS accepts it.

  It reads like a grant and is none; where it was to let the role in, reading every log file under
  the key is denied, and the finding is an error.

  Add `"Resource": "*"`, which in a key policy means this key.
fix: 'adds `Resource` with `*`; where the statement is not for the role, with `--unsafe-fixes`'
sources:
  - title: "AWS KMS Developer Guide, Elements in a key policy"
    url: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
bad:
  - document: key
    statement: |
      {
        «"Sid"»: "AWSCloudTrailImportDecrypt",
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:role/CopyTrailEvents"},
        "Action": ["kms:Decrypt", "kms:GenerateDataKey"]
      }
good:
  - document: key
    statement: |
      {
        "Sid": "AWSCloudTrailImportDecrypt",
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:role/CopyTrailEvents"},
        "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
        "Resource": "*"
      }

"""#
    case "unused-suppression":
#"""
id: unused-suppression
summary: every suppression suppresses something
severity: warning
category: advice
check: suppression
needs: [--config, --baseline]
explanation: |
  A suppression whose finding is gone waits for the next mistake in the same place and hides it.

  So does an entry of a baseline that nothing is found for. A suppression with an id that no rule
  has, or without a reason, suppresses nothing. One that has expired hides nothing either: its
  finding is back, and says so.

  Take it out, or write the baseline again. In YAML a suppression is a comment on a line of the
  finding or alone above it, `# lint-copy: ignore[id] reason`; for JSON it is an entry of `ignore:`
  in `lint-copy.yaml` with rule, path, Sid and reason.
sources:
  - title: "IAM User Guide, Security best practices in IAM"
    url: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
bad:
  - about: nothing is found any more
    document: lint-copy.yaml
    text: |
      version: 1
      ignore:
        - {rule: «excess-access», path: role.json, reason: "removed with the old trail"}
  - about: a rule that does not exist
    document: lint-copy.yaml
    text: |
      version: 1
      ignore:
        - {rule: «exces-access», reason: "removed with the old trail"}
good:
  - document: lint-copy.yaml
    text: |
      version: 1
      ignore:
        - {rule: excess-access, path: role.json, sid: KeepIndex, reason: "the index needs it"}
    beside:
      - document: role
        statement: |
          {
            "Sid": "KeepIndex",
            "Effect": "Allow",
            "Action": "s3:PutObject",
            "Resource": "arn:aws:s3:::acme-index/*"
          }

"""#
    case "documented-bucket-statement":
#"""
id: documented-bucket-statement
summary: the bucket policy has the statement that the guide documents
severity: note
category: advice
check: documented-statement
with: {policy: bucket}
needs: [--bucket, --role-arn, --source]
explanation: |
  The guide wants a statement in the source bucket's policy that allows the role `s3:ListBucket`,
  `s3:GetBucketAcl` and `s3:GetObject`.

  Where bucket and role are in one account, or the bucket policy lets in the role's whole account,
  the copy works without it: access is granted otherwise, and that is what counts. Whoever compares
  your bucket with the guide will miss it, and it would keep the copy working if the other grant
  goes.

  Add the statement, or leave it: this is a note. The guide's pages also speak of "the S3 bucket
  policy for the destination event data store"; what they mean is the source bucket, for an event
  data store has no bucket of yours.
sources:
  - title: "AWS CloudTrail User Guide, Copy trail events to an event data store, Amazon S3 bucket policy for copying trail events"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-copy-trail-to-lake-eds.html#copy-trail-events-permissions-s3
bad:
  - about: the account instead of the role
    document: bucket
    statement: |
      {
        "Sid": "AWSCloudTrailImportBucketAccess",
        "Effect": "Allow",
        "Principal": {"AWS": «"arn:aws:iam::111122223333:root"»},
        "Action": ["s3:ListBucket", "s3:GetBucketAcl", "s3:GetObject"],
        "Resource": ["arn:aws:s3:::acme-trail-logs", "arn:aws:s3:::acme-trail-logs/*"]
      }
good:
  - document: bucket
    statement: |
      {
        "Sid": "AWSCloudTrailImportBucketAccess",
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:role/CopyTrailEvents"},
        "Action": ["s3:ListBucket", "s3:GetBucketAcl", "s3:GetObject"],
        "Resource": ["arn:aws:s3:::acme-trail-logs", "arn:aws:s3:::acme-trail-logs/*"]
      }

"""#
    case "documented-key-statement":
#"""
id: documented-key-statement
summary: each key policy has the statement that the guide documents
severity: note
category: advice
check: documented-statement
with: {policy: key}
needs: [--key, --role-arn]
explanation: |
  The guide wants a statement in each key's policy that allows the role `kms:Decrypt` and
  `kms:GenerateDataKey`.

  A key policy that lets in the role's account is enough where the role's own permissions allow both
  actions on the key. Then the copy works without the statement.

  Add the statement, or leave it: this is a note.
sources:
  - title: "AWS CloudTrail User Guide, Copy trail events to an event data store, KMS key policy for decrypting data in the source S3 bucket"
    url: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-copy-trail-to-lake-eds.html#copy-trail-events-permissions-kms
bad:
  - about: the account instead of the role
    document: key
    statement: |
      {
        "Sid": "AWSCloudTrailImportDecrypt",
        "Effect": "Allow",
        "Principal": {"AWS": «"arn:aws:iam::111122223333:root"»},
        "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
        "Resource": "*"
      }
good:
  - document: key
    statement: |
      {
        "Sid": "AWSCloudTrailImportDecrypt",
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:role/CopyTrailEvents"},
        "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
        "Resource": "*"
      }

"""#
    case "excess-access":
#"""
id: excess-access
summary: the role may do no more than the copy needs
severity: note
category: exposure
check: excess-access
needs: [--role, --source, --key-arn]
explanation: |
  The copy needs five actions on one bucket, its log files and their keys; a role that may do more
  gives more away when it is misused.

  CloudTrail itself does nothing else with the role. Whoever can change the trust policy, or start
  imports from anywhere in the account, could.

  Name the bucket, the prefix and the keys instead of `*`, and the actions instead of `s3:*`. The
  copy runs as before.
fix: 'with `--unsafe-fixes` writes the actions and resources that the copy needs in the place of wider ones or of `NotAction` and `NotResource`, and removes others'
sources:
  - title: "IAM User Guide, Security best practices in IAM, Apply least-privilege permissions"
    url: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
bad:
  - about: every object of every bucket
    document: role
    statement: |
      {
        "Sid": "ReadLogFiles",
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": «"*"»
      }
good:
  - document: role
    statement: |
      {
        "Sid": "ReadLogFiles",
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::acme-trail-logs/AWSLogs/444455556666/CloudTrail/*"
      }

"""#
    default: ""
    }
  }
}
