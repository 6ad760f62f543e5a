# The shortest call: what two documents decide is decided, the rest says what would tell.
# Exits with 0.
lint-copy \
  --role ../ready/role.json \
  --bucket ../ready/bucket.json \
  --as-of 2026-11-21
