lint-copy \
  --role ../ready/role.json \
  --bucket ../ready/bucket.json \
  --as-of 2026-11-21
