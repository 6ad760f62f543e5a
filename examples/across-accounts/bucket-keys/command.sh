# The log files use S3 Bucket Keys, and the key policy knows only the context without.
# Exits with 1.
lint-copy \
  --role ../ready/role.yaml \
  --trust ../ready/get-role.json \
  --bucket ../ready/get-bucket-policy.json \
  --key arn:aws:kms:us-east-1:444455556666:key/0987dcba-09fe-87dc-65ba-ab0987654321=get-key-policy.json \
  --caller-policy ../ready/caller-policy.json \
  --source s3://acme-log-archive/AWSLogs/111122223333/CloudTrail/ \
  --bucket-account 444455556666 \
  --bucket-keys on \
  --start-time 2026-01-01 \
  --end-time 2026-11-01 \
  --as-of 2026-11-21 \
  ../ready/get-event-data-store.json \
  ../ready/get-bucket-ownership-controls.json \
  ../ready/get-caller-identity.json \
  ../ready/get-bucket-location.json \
  ../ready/get-bucket-request-payment.json \
  ../ready/describe-key.json \
  ../ready/list-imports.json \
  ../ready/list-objects.json \
  ../ready/get-bucket-lifecycle-configuration.json
