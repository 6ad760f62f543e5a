import Evidence
import PolicyModel
import Testing

@testable import Checks

/// A whole copy in which everything is as it should be, for an example to change one thing of.
///
/// The bucket and its key belong to another account than CloudTrail Lake, so that each side must
/// allow every access and no grant stands in for another.
struct ExampleBundle {
  /// What was made of the example.
  let input: CopyInput
  /// The example's `lint-copy.yaml`, where it has one.
  let configuration: Source?
  /// Where the example's marks are, by the path of their source.
  let marks: [Mark]

  /// One mark.
  struct Mark: Hashable {
    var path: String
    var range: Range<Int>
  }

  /// Puts an example into the copy.
  init(_ example: RuleExample) throws {
    var marks: [Mark] = []
    var documents = Self.documents
    for document in example.documents {
      documents[document.name] = Self.replaced(
        documents[document.name] ?? [], by: document)
    }
    var facts = Self.facts
    var asOf = "2026-11-21T00:00:00Z"
    for option in example.options {
      if option.name == "as-of" {
        asOf = option.value.text
      } else {
        facts[option.name] = option.value
      }
    }
    var input = CopyInput(name: "example", asOf: try #require(Timestamp(iso8601: asOf)))
    let configuration = documents.removeValue(forKey: "lint-copy.yaml").map { Self.joined($0) }
    self.configuration = configuration.map { Source(path: "lint-copy.yaml", $0.text) }
    marks += configuration?.marks.map { Mark(path: "lint-copy.yaml", range: $0) } ?? []
    for (name, parts) in documents.sorted(by: { $0.key < $1.key }) {
      let text = Self.joined(parts)
      let path = "\(name).json"
      input.documents.append(Document(Source(path: path, text.text), as: Self.use(of: name)))
      marks += text.marks.map { Mark(path: path, range: $0) }
    }
    for (name, value) in facts.sorted(by: { $0.key < $1.key }) {
      let source = Source(path: "<command line>", value.text)
      let place = Place(source: source, range: 0..<source.text.count)
      let fact = try #require(FactName(rawValue: name))
      input.facts.append(
        try StatedFact(fact, value.text, origin: "`--\(name)`", at: place))
      marks += value.marks.map { Mark(path: "<command line>", range: $0) }
    }
    self.input = input
    self.marks = marks
  }

  // MARK: - Texts

  /// A whole document, or one statement of a policy.
  private struct Part {
    var sid: String?
    var text: MarkedText
  }

  /// Puts a document or a statement in the place of what it is about.
  private static func replaced(_ parts: [Part], by document: RuleExample.Document) -> [Part] {
    guard document.extent == .statement else { return [Part(sid: nil, text: document.text)] }
    let statement = try? Tree.parse(Source(path: "statement.json", document.text.text)).root
    let part = Part(sid: statement?["Sid"]?.string ?? "unnamed", text: document.text)
    guard let index = parts.firstIndex(where: { $0.sid == part.sid }) else { return parts + [part] }
    var parts = parts
    parts[index] = part
    return parts
  }

  /// A document's text, with its marks where they have come to.
  private static func joined(_ parts: [Part]) -> (text: String, marks: [Range<Int>]) {
    if let whole = parts.first, whole.sid == nil { return (whole.text.text, whole.text.marks) }
    var text = "{\n\"Version\": \"2012-10-17\",\n\"Statement\": [\n"
    var marks: [Range<Int>] = []
    for (position, part) in parts.enumerated() {
      if position > 0 { text += ",\n" }
      let start = text.utf8.count
      marks += part.text.marks.map { $0.lowerBound + start..<$0.upperBound + start }
      text += part.text.text
    }
    return (text + "\n]\n}\n", marks)
  }

  private static func use(of name: String) -> Document.Use {
    switch name {
    case "role": .role
    case "trust": .trust
    case "bucket": .bucket
    case "key": .key(arn: keyARN)
    case "boundary": .boundary
    case "scp": .serviceControl(level: nil)
    case "rcp": .resourceControl(level: nil)
    case "caller-policy": .caller
    default: .anything
    }
  }

  // MARK: - The copy

  private static let keyARN =
    "arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  private static let storeARN =
    "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/"
    + "ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"
  private static let roleARN = "arn:aws:iam::111122223333:role/CopyTrailEvents"

  private static let facts: [String: MarkedText] = [
    "source": "s3://acme-trail-logs/AWSLogs/444455556666/CloudTrail/",
    "bucket-region": "us-east-1", "bucket-account": "444455556666", "role-arn": roleARN,
    "destination": storeARN, "key-arn": keyARN, "caller-account": "111122223333",
    "bucket-keys": "off",
  ].compactMapValues { MarkedText($0) }

  private static let documents: [String: [Part]] = [
    "role": statements([
      ("ListLogFiles", #""Action": "s3:ListBucket", "Resource": "arn:aws:s3:::acme-trail-logs""#),
      (
        "ReadBucketAcl", #""Action": "s3:GetBucketAcl", "Resource": "arn:aws:s3:::acme-trail-logs""#
      ),
      (
        "ReadLogFiles",
        #""Action": "s3:GetObject", "Resource": "#
          + #""arn:aws:s3:::acme-trail-logs/AWSLogs/444455556666/CloudTrail/*""#
      ),
      ("DecryptLogFiles", "\"Action\": \"kms:Decrypt\", \"Resource\": \"\(keyARN)\""),
      ("GenerateDataKeys", "\"Action\": \"kms:GenerateDataKey\", \"Resource\": \"\(keyARN)\""),
    ]),
    "trust": statements([
      (
        "AllowCloudTrail",
        #""Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "sts:AssumeRole", "#
          + #""Condition": {"StringEquals": {"aws:SourceAccount": "111122223333", "#
          + "\"aws:SourceArn\": \"\(storeARN)\"}}"
      )
    ]),
    "bucket": statements([
      (
        "AWSCloudTrailWrite",
        #""Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "s3:PutObject", "#
          + #""Resource": "arn:aws:s3:::acme-trail-logs/AWSLogs/444455556666/*""#
      ),
      (
        "AWSCloudTrailImportBucketAccess",
        "\"Principal\": {\"AWS\": \"\(roleARN)\"}, "
          + #""Action": ["s3:ListBucket", "s3:GetBucketAcl", "s3:GetObject"], "#
          + #""Resource": ["arn:aws:s3:::acme-trail-logs", "arn:aws:s3:::acme-trail-logs/*"]"#
      ),
    ]),
    "key": statements([
      (
        "Enable IAM User Permissions",
        #""Principal": {"AWS": "arn:aws:iam::444455556666:root"}, "Action": "kms:*", "#
          + #""Resource": "*""#
      ),
      (
        "AWSCloudTrailImportDecrypt",
        "\"Principal\": {\"AWS\": \"\(roleARN)\"}, "
          + #""Action": ["kms:Decrypt", "kms:GenerateDataKey"], "Resource": "*", "#
          + #""Condition": {"StringLike": {"kms:EncryptionContext:aws:s3:arn": "#
          + #""arn:aws:s3:::acme-trail-logs/*"}}"#
      ),
    ]),
    "caller-policy": statements([
      ("StartImport", #""Action": "cloudtrail:StartImport", "Resource": "*""#),
      ("PassRole", "\"Action\": \"iam:PassRole\", \"Resource\": \"\(roleARN)\""),
    ]),
    "get-event-data-store": document(
      """
      {
        "EventDataStoreArn": "\(storeARN)",
        "Status": "STOPPED_INGESTION",
        "OrganizationEnabled": false,
        "RetentionPeriod": 1095
      }
      """),
    "get-bucket-ownership-controls": document(
      #"{"OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}}"#),
  ]

  private static func statements(_ statements: [(sid: String, elements: String)]) -> [Part] {
    statements.compactMap { statement in
      MarkedText("{\"Sid\": \"\(statement.sid)\", \"Effect\": \"Allow\", \(statement.elements)}")
        .map { Part(sid: statement.sid, text: $0) }
    }
  }

  private static func document(_ text: String) -> [Part] {
    MarkedText(text).map { [Part(sid: nil, text: $0)] } ?? []
  }
}
