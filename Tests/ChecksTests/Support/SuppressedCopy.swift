import Evidence
import PolicyModel

@testable import Checks

/// A copy across accounts whose role is written in YAML, so that it can hold comments.
///
/// As it is, the role may not list the bucket: `s3-list-bucket` is violated, and nothing else.
struct SuppressedCopy {
  var role: String
  var path = "policies/role.yaml"
  /// How the file encodes the text.
  var bytes: (String) -> [UInt8] = { Array($0.utf8) }
  var settings = JudgeSettings(version: "test")
  var asOf = Timestamp(seconds: 1_795_219_200)
  /// The name of the copy.
  var name = "sample"

  /// The role's text; `<list>` is where a comment may go at the end of the mistaken line.
  static let role = """
    Version: "2012-10-17"
    Statement:
      - Sid: List
        Effect: Allow
        Action: s3:ListBucket
        Resource: arn:aws:s3:::acme-logs/*<list>
      - Sid: Acl
        Effect: Allow
        Action: s3:GetBucketAcl
        Resource: arn:aws:s3:::acme-logs
      - Sid: Objects
        Effect: Allow
        Action: s3:GetObject
        Resource: arn:aws:s3:::acme-logs/AWSLogs/111122223333/CloudTrail/*
      - Sid: Key
        Effect: Allow
        Action: [kms:GenerateDataKey, kms:Decrypt]
        Resource: arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab

    """

  /// A copy with a comment at the end of the mistaken line.
  init(_ comment: String = "") {
    role = Self.replaced(Self.role, "<list>", comment.isEmpty ? "" : " \(comment)")
  }

  /// A text with a part of it replaced, which must be there.
  static func replaced(_ text: String, _ old: String, _ new: String) -> String {
    precondition(text.contains(old), "nothing to replace: \(old)")
    return text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
  }

  /// The copy with a part of the role's text replaced.
  func replacing(_ old: String, _ new: String) -> SuppressedCopy {
    var copy = self
    copy.role = Self.replaced(role, old, new)
    return copy
  }

  /// The entries of `ignore` that a manifest has.
  static func ignores(_ entries: String) -> [Manifest.Ignore] {
    let source = Source(path: "lint-copy.yaml", "version: 1\nignore:\n\(entries)\n")
    let (manifest, problems) = Manifest.reading(source)
    precondition(problems.isEmpty, "\(problems)")
    return manifest.ignores
  }

  var report: Report {
    get throws {
      var plan = try SampleCopy(owner: "444455556666").plan
      plan.name = name
      plan.asOf = asOf
      let source = try Source.decoding(bytes(role), path: path)
      let policy = Policy(reading: try Tree.parse(source).root, as: .identity)
      plan.role = PolicyLayer(policies: [policy])
      plan.findings = policy.findings
      plan.documents = [RecognisedDocument(source: source, option: "--role", name: "a policy")]
      return Report(judging: [plan], with: settings, asOf: asOf, documentCount: 1)
    }
  }
}

extension Report {
  /// The findings that count, as ``summary`` shows them.
  var active: [String] {
    var report = self
    report.findings.removeAll { $0.suppression != nil }
    return report.summary
  }

  /// The reasons of the findings that do not count, each with its rule.
  var suppressed: [String] {
    findings.compactMap { finding in
      finding.suppression.map { "\(finding.rule): \($0.reason)" }
    }
  }
}
