import Drafting
import Testing

/// One copy to be drafted.
struct DraftCase: Sendable, CustomTestStringConvertible {
  var name: String
  var form: CopyDraft.Form
  var source = "s3://acme-trail-logs/AWSLogs/111122223333/CloudTrail/"
  var destination =
    "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/EXAMPLE-f852-4e8f-8bd1-bcf6cEXAMPLE"
  var roleName = "copy-trail-events"
  var bucketAccount: String?
  var bucketRegion: String?
  var keys: [String] = []
  var bucketKeys: String?
  var isOrganization = false

  var testDescription: String { "\(form.rawValue), \(name)" }

  var arguments: [String] {
    var arguments = [
      "init", "--as", form.rawValue, "--source", source, "--destination", destination,
      "--role-name", roleName, "--start-time", "2026-01-01", "--end-time", "2026-11-01T12:30:00Z",
    ]
    for key in keys { arguments += ["--key-arn", key] }
    if let bucketAccount { arguments += ["--bucket-account", bucketAccount] }
    if let bucketRegion { arguments += ["--bucket-region", bucketRegion] }
    if let bucketKeys { arguments += ["--bucket-keys", bucketKeys] }
    return arguments
  }

  var answers: AWSAnswers {
    let parts = destination.split(separator: ":")
    let names = keys.map { key in
      keys.count == 1 ? "key" : "key-\(key.split(separator: "/")[1])"
    }
    return AWSAnswers(
      destination: destination, account: String(parts[4]),
      region: bucketRegion ?? keys.first.map { String($0.split(separator: ":")[3]) }
        ?? String(parts[3]),
      keys: Array(zip(keys, names)).map { (arn: $0.0, file: $0.1) },
      isOrganization: isOrganization,
      prefix: source.split(separator: "/", maxSplits: 2).dropFirst(2).map {
        $0.hasSuffix("/") ? String($0) : "\($0)/"
      }.joined())
  }
}

extension DraftCase {
  private static let ownKey =
    "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  private static let otherKey =
    "arn:aws:kms:us-east-1:444455556666:key/0987dcba-09fe-87dc-65ba-ab0987654321"

  static let all: [DraftCase] = CopyDraft.Form.allCases.flatMap { form in
    [nil, "on", "off"].flatMap { bucketKeys -> [DraftCase] in
      let suffix = bucketKeys.map { ", Bucket Keys \($0)" } ?? ""
      var cases = [
        DraftCase(name: "one account, one key", form: form, keys: [ownKey]),
        DraftCase(
          name: "two accounts, the key beside the bucket", form: form,
          bucketAccount: "444455556666", keys: [otherKey]),
        DraftCase(
          name: "three accounts, another Region, a role with a path", form: form,
          source: "s3://archive.example/logs/AWSLogs/o-abcdef1234/", roleName: "audit/copy",
          bucketAccount: "444455556666", bucketRegion: "eu-central-1",
          keys: ["arn:aws:kms:eu-central-1:777788889999:key/mrk-1234abcd12ab34cd56ef1234567890ab"],
          isOrganization: true),
      ]
      for index in cases.indices {
        cases[index].bucketKeys = bucketKeys
        cases[index].name += suffix
      }
      return cases
    } + [
      DraftCase(name: "one account, no key", form: form),
      DraftCase(
        name: "two accounts, a key in each", form: form, bucketAccount: "444455556666",
        keys: [ownKey, otherKey]),
      DraftCase(name: "two accounts, no key", form: form, bucketAccount: "444455556666"),
      DraftCase(
        name: "an organization, no key", form: form,
        source: "s3://acme-org/AWSLogs/o-exampleorgid/", isOrganization: true),
      DraftCase(
        name: "one account of an organization's trail", form: form,
        source: "s3://acme-org/AWSLogs/o-exampleorgid/444455556666/CloudTrail/",
        bucketAccount: "777788889999", isOrganization: true),
      DraftCase(name: "a whole bucket", form: form, source: "s3://acme-trail-logs"),
      DraftCase(
        name: "GovCloud", form: form,
        source: "s3://gov-logs/AWSLogs/111122223333/CloudTrail/us-gov-west-1/2026/",
        destination:
          "arn:aws-us-gov:cloudtrail:us-gov-west-1:111122223333:eventdatastore/11112222-3333-4444-5555-666677778888",
        keys: [
          "arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
        ]),
      DraftCase(
        name: "signs that mean something to a policy, a template and a shell", form: form,
        source: "s3://acme-trail-logs/it's $HOME ${aws:x} %{if} *?\"\\#: é{{}}/AWSLogs/",
        keys: [ownKey]),
    ]
  }
}
