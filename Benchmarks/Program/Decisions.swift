import Authorization
import PolicyModel
import Simulation

/// Decisions a second: with reading and writing JSON, and alone.
func measureDecisions(stream path: String, runs: Int) throws {
  let stream = try readFile(path)
  let lines = stream.count { $0 == UInt8(ascii: "\n") }
  let time = shortest(of: runs) {
    var simulator = LineSimulator()
    var rest = stream[...]
    while !rest.isEmpty {
      simulator.read(rest.prefix(256 << 10))
      simulator.removeAnswers()
      rest = rest.dropFirst(256 << 10)
    }
  }
  report("bytes in a document", Double(stream.count) / Double(lines), "B")
  report("NDJSON in process", Double(lines) / time, "decisions/s")
}

/// A request over an identity policy and a bucket policy that are ready.
func measureEvaluation(runs: Int) throws {
  let role = "arn:aws:iam::111122223333:role/service-role/cloudtrail-copy"
  let store = "arn:aws:cloudtrail:eu-west-1:111122223333:eventdatastore/EXAMPLE"
  let identity = try policy(
    #"""
    {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-logs/*",
       "Condition": {"Bool": {"aws:SecureTransport": "true"}}},
      {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}]}
    """#, .identity)
  let bucket = try policy(
    #"""
    {"Version": "2012-10-17", "Statement": [
      {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::acme-logs/*",
       "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
      {"Effect": "Allow", "Principal": {"AWS": "\#(role)"}, "Action": "s3:GetObject",
       "Resource": "arn:aws:s3:::acme-logs/*",
       "Condition": {"StringEquals": {"aws:SourceArn": "\#(store)"}}}]}
    """#, .bucket)
  let question = AccessQuestion(
    identity: PolicyGroup([identity]), resource: PolicyGroup([bucket]), resourceRule: .either,
    isSameAccount: .yes)
  var context = RequestContext(unlisted: .absent)
  context["aws:SecureTransport"] = .value("true")
  context["aws:SourceArn"] = .value(store)
  let request = Request(
    principal: .session(ofRole: .literal(role)), action: "s3:GetObject",
    resource: "arn:aws:s3:::acme-logs/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/05/01/"
      + "111122223333_CloudTrail_eu-west-1_20260501T0000Z_0123456789abcdef.json.gz",
    context: context)
  let count = 200_000
  var allowed = 0
  let time = shortest(of: runs) {
    for _ in 0..<count where question.evaluate(request).allowed.certainty == .yes { allowed += 1 }
  }
  precondition(allowed == runs * count, "the request that is measured is allowed")
  report("evaluation alone", Double(count) / time, "decisions/s")
}

func policy(_ text: String, _ kind: PolicyKind) throws -> CompiledPolicy {
  let tree = try Tree.parse(Source(path: "policy.json", text), format: .json)
  return CompiledPolicy(Policy(reading: tree.root, as: kind))
}
