# Everything is as the guide documents it.
# Exits with 0.
lint-copy \
  --role role.json \
  --trust trust.json \
  --bucket bucket.json \
  --key key.json \
  --caller-policy caller-policy.json \
  --source s3://acme-trail-logs/AWSLogs/111122223333/CloudTrail/ \
  --bucket-account 111122223333 \
  --role-arn arn:aws:iam::111122223333:role/copy-trail-events \
  --key-arn arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab \
  --start-time 2026-01-01 \
  --end-time 2026-11-01 \
  --as-of 2026-11-21 \
  event-data-store.json \
  ownership-controls.json \
  caller-identity.json \
  bucket-location.json \
  request-payment.json \
  describe-key.json \
  list-imports.json \
  list-objects.json \
  lifecycle.json
