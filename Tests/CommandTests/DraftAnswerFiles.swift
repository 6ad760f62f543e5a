import Testing

@testable import lint_copy

/// What AWS would answer about a copy that is ready but for its policies, as `lint-copy init` asks
/// for it.
struct AWSAnswers {
  var destination: String
  var account: String
  var region: String
  var keys: [(arn: String, file: String)]
  var isOrganization: Bool
  /// The prefix of the log files.
  var prefix: String

  /// The prefix in a JSON string.
  private var prefixText: String {
    prefix.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }

  /// The files below the draft's folder.
  var files: [(path: String, text: String)] {
    var files = [
      (
        "caller-identity",
        #"{"UserId": "AROAEXAMPLEID99999999:m", "Account": "\#(account)", "Arn": "arn:aws:sts::\#(account):assumed-role/Admin/m"}"#
      ),
      (
        "event-data-store",
        """
        {
          "EventDataStoreArn": "\(destination)", "Name": "history", "Status": "STOPPED_INGESTION",
          "AdvancedEventSelectors": [
            {"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}]}
          ],
          "MultiRegionEnabled": true, "OrganizationEnabled": \(isOrganization),
          "BillingMode": "EXTENDABLE_RETENTION_PRICING", "RetentionPeriod": 3653,
          "CreatedTimestamp": "2026-11-02T09:00:25+00:00",
          "UpdatedTimestamp": "2026-11-02T09:00:25+00:00"
        }
        """
      ),
      ("list-imports", #"{"Imports": []}"#),
      (
        "bucket-location",
        #"{"LocationConstraint": \#(region == "us-east-1" ? "null" : "\"\(region)\"")}"#
      ),
      (
        "ownership-controls",
        #"{"OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}}"#
      ),
      ("request-payment", #"{"Payer": "BucketOwner"}"#),
      (
        "list-objects",
        """
        {"Prefix": "\(prefixText)", "Contents": [{"Size": 4711, "StorageClass": "STANDARD",
         "LastModified": "2026-06-01T00:05:00+00:00", "Key": "\(prefixText)us-east-1/2026/06/01/\
        111122223333_CloudTrail_us-east-1_20260601T0000Z_AbCdEfGhIjKlMnOp.json.gz"}]}
        """
      ),
    ]
    for key in keys {
      let parts = key.arn.split(separator: ":")
      files.append(
        (
          "describe-\(key.file)",
          """
          {"KeyMetadata": {"AWSAccountId": "\(parts[4])", "KeyId": "\(parts[5].dropFirst(4))",
           "Arn": "\(key.arn)", "Enabled": true, "KeyState": "Enabled", "KeyManager": "CUSTOMER",
           "KeyUsage": "ENCRYPT_DECRYPT", "KeySpec": "SYMMETRIC_DEFAULT"}}
          """
        ))
    }
    return files.map { ("import/\($0.0).json", $0.1) }
  }
}
