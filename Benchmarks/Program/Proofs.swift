import Authorization
import Checks
import Evidence
import PolicyModel

/// Microseconds for the eight proofs of a copy that is ready, one by one and together.
func measureProofs(example folder: String, runs: Int) throws {
  let copy = CompiledCopy(CopyPlan(assembling: try copyInput(folder)))
  let requests = copy.requests
  let key = copy.plan.keys[0].arn
  let proofs: [(name: String, question: AccessQuestion, family: RequestFamily)] = [
    ("s3:GetObject", copy.bucketQuestion, requests.onObjects("s3:GetObject")),
    ("s3:ListBucket", copy.bucketQuestion, requests.onBucket("s3:ListBucket")),
    ("s3:GetBucketAcl", copy.bucketQuestion, requests.onBucket("s3:GetBucketAcl")),
    (
      "kms:Decrypt", copy.keyQuestion(0),
      requests.onKey("kms:Decrypt", key: key, withBucketKeys: false)
    ),
    (
      "kms:GenerateDataKey", copy.keyQuestion(0),
      requests.onKey("kms:GenerateDataKey", key: key, withBucketKeys: false)
    ),
    ("sts:AssumeRole", copy.trustQuestion, requests.assumeRole),
    (
      "cloudtrail:StartImport", copy.callerQuestion,
      requests.byCaller("cloudtrail:StartImport", on: nil)
    ),
    (
      "iam:PassRole", copy.callerQuestion,
      requests.byCaller("iam:PassRole", on: copy.plan.facts.roleARN)
    ),
  ]
  var together = 0.0
  for proof in proofs {
    var proven = 0
    let time = shortest(of: runs) {
      if case .proven = proof.question.prove(proof.family) { proven += 1 }
    }
    precondition(proven == runs, "what is measured is proven: \(proof.name)")
    report("proof of \(proof.name)", time * 1e6, "µs")
    together += time
  }
  report("eight proofs", together * 1e6, "µs")
}

/// Microseconds for judging all of a copy: its documents are parsed, its report is made.
func measureCopy(example folder: String, runs: Int) throws {
  let input = try copyInput(folder)
  var settings = JudgeSettings(version: "0")
  settings.tracesDecisions = false
  var ready = 0
  let time = shortest(of: runs) {
    let plan = CopyPlan(assembling: input)
    let report = Report(
      judging: [plan], with: settings, asOf: input.asOf, documentCount: input.documents.count)
    if report.verdict == .ready { ready += 1 }
  }
  precondition(ready == runs, "what is measured is ready")
  report("judging the whole copy", time * 1e6, "µs")
}

/// Microseconds for a proof over so many patterns: prefixes, of which the last covers the objects, and
/// patterns whose wildcards run on through all of a key.
func measurePatterns(runs: Int) throws {
  for count in [1, 10, 100, 1_000] {
    let prefixes = (1..<count).map { "team-\($0)/AWSLogs/*" } + ["AWSLogs/*"]
    report(
      "\(count) prefixes", try time(prefixes, isProven: true, runs: runs) * 1e6, "µs")
  }
  for count in [1, 10, 100, 1_000] {
    let running = (1..<count).map { "*/CloudTrail/region-\($0)/*" } + ["*"]
    report(
      "\(count) running patterns", try time(running, isProven: true, runs: runs) * 1e6, "µs")
  }
  // The worst that is promised to end in well under a second.
  let worst = (0..<200).map { "*\($0)*/CloudTrail/*\($0 % 7)*.json\($0 % 3)" }
  report(
    "200 patterns with four wildcards each",
    try time(worst, isProven: false, runs: min(runs, 3)) * 1e6, "µs")
}

private func time(_ patterns: [String], isProven: Bool, runs: Int) throws -> Double {
  let resources = patterns.map { #""arn:aws:s3:::logs/\#($0)""# }.joined(separator: ", ")
  let identity = try policy(
    #"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "#
      + #""Resource": [\#(resources)]}]}"#, .identity)
  let question = AccessQuestion(
    identity: PolicyGroup([identity]), resource: .none, resourceRule: .identityOnly,
    isSameAccount: .yes)
  let request = Request(
    principal: .session(ofRole: .literal("arn:aws:iam::111122223333:role/copy")),
    action: "s3:GetObject",
    resource: RequestText("arn:aws:s3:::logs/AWSLogs/111122223333/CloudTrail/")
      + RequestText(head: [], isFree: true),
    context: RequestContext(unlisted: .unknown))
  let family = RequestFamily(
    request,
    freeString: .logFileKeys(
      LogFileKeys(prefix: "AWSLogs/111122223333/CloudTrail/", dates: LogDates())))
  var isAsExpected = true
  let time = shortest(of: runs) {
    if case .proven = question.prove(family) {
      isAsExpected = isAsExpected && isProven
    } else {
      isAsExpected = isAsExpected && !isProven
    }
  }
  precondition(isAsExpected, "what is measured is proven, or is not, as expected")
  return time
}

/// The documents and facts of the example.
private func copyInput(_ folder: String) throws -> CopyInput {
  guard let asOf = Timestamp(iso8601: "2026-11-21") else { throw Unreadable(path: folder) }
  var input = CopyInput(name: "example", asOf: asOf)
  func add(_ name: String, as use: Document.Use) throws {
    let bytes = try readFile("\(folder)/\(name)")
    input.documents.append(Document(Source(path: name, text: bytes), as: use))
  }
  try add("role.json", as: .role)
  try add("trust.json", as: .trust)
  try add("bucket.json", as: .bucket)
  try add("key.json", as: .key(arn: nil))
  try add("caller-policy.json", as: .caller)
  for name in [
    "event-data-store.json", "ownership-controls.json", "caller-identity.json",
    "bucket-location.json", "request-payment.json", "describe-key.json", "list-imports.json",
    "list-objects.json", "lifecycle.json",
  ] {
    try add(name, as: .anything)
  }
  for (name, text) in [
    (FactName.source, "s3://acme-trail-logs/AWSLogs/111122223333/CloudTrail/"),
    (.bucketAccount, "111122223333"),
    (.roleARN, "arn:aws:iam::111122223333:role/copy-trail-events"),
    (.keyARN, "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
    (.startTime, "2026-01-01"), (.endTime, "2026-11-01"),
  ] {
    input.facts.append(try StatedFact(name, text, origin: "benchmark"))
  }
  return input
}
