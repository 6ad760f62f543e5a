import PolicyModel
import Testing

@testable import Evidence

/// The names of one made-up copy, used by every test of this folder.
enum Scenario {
  static let account = "222233334444"
  static let bucket = "acme-trail-logs"
  static let role = "arn:aws:iam::222233334444:role/lake/Copier"
  static let store =
    "arn:aws:cloudtrail:eu-west-1:222233334444:eventdatastore/0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0"
  static let key = "arn:aws:kms:eu-west-1:222233334444:key/9f8e7d6c-5b4a-3928-1706-f5e4d3c2b1a0"
  static let otherKey =
    "arn:aws:kms:eu-west-1:222233334444:key/00000000-1111-2222-3333-444455556666"

  static let rolePolicy = """
    {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetBucketAcl"],
       "Resource": "arn:aws:s3:::acme-trail-logs"},
      {"Effect": "Allow", "Action": "s3:GetObject",
       "Resource": "arn:aws:s3:::acme-trail-logs/AWSLogs/222233334444/CloudTrail/*"}]}
    """
  static let callerPolicy = """
    {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Action": "cloudtrail:StartImport", "Resource": "*"},
      {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "\(role)"}]}
    """
  static let trustPolicy = """
    {"Version": "2012-10-17", "Statement": {
      "Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"},
      "Action": "sts:AssumeRole",
      "Condition": {"StringEquals": {"aws:SourceArn": "\(store)"}}}}
    """
  static let bucketPolicy = """
    {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"},
       "Action": "s3:PutObject", "Resource": "arn:aws:s3:::acme-trail-logs/AWSLogs/*"},
      {"Effect": "Allow", "Principal": {"AWS": "\(role)"},
       "Action": ["s3:GetObject", "s3:ListBucket", "s3:GetBucketAcl"],
       "Resource": ["arn:aws:s3:::acme-trail-logs", "arn:aws:s3:::acme-trail-logs/*"]}]}
    """
  static let keyPolicy = """
    {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::222233334444:root"},
       "Action": "kms:*", "Resource": "*"}]}
    """

  /// A text as a JSON string.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

/// One document of a test: its text, and the option it is given with.
struct Given: Sendable {
  var use: Document.Use
  var path: String
  var text: String

  init(_ text: String, as use: Document.Use = .anything, path: String = "") {
    self.text = text
    self.use = use
    self.path = path
  }
}

/// The plan of some documents; a path that a test does not choose is the document's number.
func plan(_ documents: [Given], _ change: (inout CopyInput) throws -> Void) rethrows
  -> CopyPlan
{
  var input = CopyInput(name: "test", asOf: Timestamp(seconds: 1_795_000_000))
  for (number, given) in documents.enumerated() {
    let path = given.path.isEmpty ? "\(number).json" : given.path
    input.documents.append(Document(Source(path: path, given.text), as: given.use))
  }
  try change(&input)
  return CopyPlan(assembling: input)
}

func plan(_ documents: Given..., facts: [FactName: String]) throws -> CopyPlan {
  try plan(documents) { input in
    for (name, text) in facts {
      input.facts.append(try StatedFact(name, text, origin: "`--\(name.rawValue)`"))
    }
  }
}

func plan(_ documents: Given...) -> CopyPlan { plan(documents) { _ in } }

/// A text without its marks `«…»`, and the ranges they enclose.
func marked(_ text: String) -> (text: String, ranges: [Range<Int>]) {
  var plain: [UInt8] = []
  var starts: [Int] = []
  var ranges: [Range<Int>] = []
  for scalar in text.unicodeScalars {
    switch scalar {
    case "«": starts.append(plain.count)
    case "»":
      guard let start = starts.popLast() else { continue }
      ranges.append(start..<plain.count)
    default: plain.append(contentsOf: String(scalar).utf8)
    }
  }
  return (String(decoding: plain, as: UTF8.self), ranges)
}

extension CopyPlan {
  /// The names of the rules of the findings, sorted as reported.
  var rules: [String] { findings.map(\.rule.name) }
}
