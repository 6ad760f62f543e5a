# Bucket and key are in another account than role and event data store.
# Exits with 0.
lint-copy \
  --role role.yaml \
  --trust get-role.json \
  --bucket get-bucket-policy.json \
  --key arn:aws:kms:us-east-1:444455556666:key/0987dcba-09fe-87dc-65ba-ab0987654321=get-key-policy.json \
  --caller-policy caller-policy.json \
  --source s3://acme-log-archive/AWSLogs/111122223333/CloudTrail/ \
  --bucket-account 444455556666 \
  --bucket-keys mixed \
  --start-time 2026-01-01 \
  --as-of 2026-11-21 \
  get-event-data-store.json \
  get-bucket-ownership-controls.json \
  get-caller-identity.json \
  get-bucket-location.json \
  get-bucket-request-payment.json \
  describe-key.json \
  list-imports.json
