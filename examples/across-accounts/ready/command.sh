# Bucket and key are in another account than role and event data store.
# Exits with 0.
lint-copy \
  --role role.yaml \
  --trust get-role.json \
  --bucket get-bucket-policy.json \
  --key arn:aws:kms:us-east-1:444455556666:key/0987dcba-09fe-87dc-65ba-ab0987654321=get-key-policy.json \
  --caller-policy caller-policy.json \
  --bucket-account 444455556666 \
  --bucket-keys mixed \
  --as-of 2026-11-21 \
  start-import.json \
  get-event-data-store.json \
  get-bucket-ownership-controls.json \
  get-caller-identity.json \
  get-bucket-location.json \
  get-bucket-request-payment.json \
  describe-key.json \
  list-imports.json \
  list-objects.json \
  get-bucket-lifecycle-configuration.json
