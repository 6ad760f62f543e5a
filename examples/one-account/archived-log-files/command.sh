# Some log files are archived, one is not compressed, and somebody keeps an export beside them.
# Exits with 1.
lint-copy \
  --role ../ready/role.json \
  --trust ../ready/trust.json \
  --bucket ../ready/bucket.json \
  --key ../ready/key.json \
  --caller-policy ../ready/caller-policy.json \
  --source s3://acme-trail-logs/AWSLogs/111122223333/CloudTrail/ \
  --bucket-account 111122223333 \
  --role-arn arn:aws:iam::111122223333:role/copy-trail-events \
  --key-arn arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab \
  --start-time 2026-01-01 \
  --end-time 2026-11-01 \
  --as-of 2026-11-21 \
  ../ready/event-data-store.json \
  ../ready/ownership-controls.json \
  ../ready/caller-identity.json \
  ../ready/bucket-location.json \
  ../ready/request-payment.json \
  ../ready/describe-key.json \
  ../ready/list-imports.json \
  list-objects.json \
  ../ready/lifecycle.json
