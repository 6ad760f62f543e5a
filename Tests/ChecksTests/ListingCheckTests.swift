import Evidence
import PolicyModel
import Testing

@testable import Checks

/// What documents say of a copy, judged.
private func judged(
  source: String = "s3://acme-logs/AWSLogs/111122223333/CloudTrail/", _ documents: String...,
  facts: [FactName: String] = [:]
) throws -> Report {
  var input = CopyInput(name: "test", asOf: Timestamp(seconds: 1_795_219_200))
  for (number, text) in documents.enumerated() {
    input.documents.append(Document(Source(path: "\(number).json", text), as: .anything))
  }
  var facts = facts
  if !source.isEmpty { facts[.source] = source }
  for (name, text) in facts {
    input.facts.append(try StatedFact(name, text, origin: "`--\(name.rawValue)`"))
  }
  let plan = CopyPlan(assembling: input)
  return Report(
    judging: [plan], with: JudgeSettings(version: "test"), asOf: input.asOf, documentCount: 1)
}

/// A listing of objects in storage classes.
private func listing(_ objects: [(key: String, storage: String)], more: String = "") -> String {
  let elements = objects.map { "{\"Key\": \"\($0.key)\", \"StorageClass\": \"\($0.storage)\"}" }
  return "{\"Contents\": [\(elements.joined(separator: ", "))]\(more)}"
}

/// The key of a log file of a day.
private func key(_ day: String, ending: String = ".json.gz") -> String {
  let path = "\(day.prefix(4))/\(day.dropFirst(4).prefix(2))/\(day.suffix(2))"
  return "AWSLogs/111122223333/CloudTrail/us-east-1/\(path)/"
    + "111122223333_CloudTrail_us-east-1_\(day)T0005Z_AbCdEfGhIjKlMnOp\(ending)"
}

private let store = """
  {"EventDataStoreArn": "\(SampleCopy.store)", "Status": "STOPPED_INGESTION", "RetentionPeriod": 366}
  """

@Suite struct `What listings decide` {
  @Test func `A part of a listing proves nothing, and what it shows counts`() throws {
    let cut = #", "NextToken": "more""#
    let young = try judged(listing([(key("20261001"), "STANDARD")], more: cut), store)
    #expect(young.statuses(of: "retention-coverage") == [.notChecked])
    #expect(
      young.rows(of: "retention-coverage").map(\.reason)
        == ["the listing was cut short after 1 object"])
    #expect(young.statuses(of: "archived-objects") == [.notChecked])
    let old = try judged(listing([(key("20200101"), "STANDARD")], more: cut), store)
    #expect(old.statuses(of: "retention-coverage") == [.violated])
    let whole = try judged(listing([(key("20261001"), "STANDARD")]), store)
    #expect(whole.statuses(of: "retention-coverage") == [.proven])
  }

  @Test func `Log files outside of the time range do not matter`() throws {
    let objects = listing([
      (key("20240101"), "GLACIER"), (key("20260301"), "STANDARD"),
      (key("20260901", ending: ".json"), "STANDARD"),
    ])
    let all = try judged(objects)
    #expect(all.statuses(of: "archived-objects") == [.violated])
    #expect(all.statuses(of: "gzip-log-files") == [.violated])
    let some = try judged(objects, facts: [.startTime: "2026-01-01", .endTime: "2026-06-01"])
    #expect(some.statuses(of: "archived-objects") == [.proven])
    #expect(some.statuses(of: "gzip-log-files") == [.proven])
    // One bound alone bounds as well.
    let later = try judged(objects, facts: [.startTime: "2026-01-01"])
    #expect(later.statuses(of: "archived-objects") == [.proven])
    #expect(later.statuses(of: "gzip-log-files") == [.violated])
  }

  @Test func `What a policy suggests as the source blocks nothing`() throws {
    let role = """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Action": ["s3:GetObject", "s3:ListBucket", "s3:GetBucketAcl"],
        "Resource": ["arn:aws:s3:::acme-logs", "arn:aws:s3:::acme-logs/AWSLogs/111122223333/*"]}]}
      """
    let objects = listing([
      (key("20240101"), "GLACIER"), (key("20240102"), "STANDARD"),
      ("AWSLogs/111122223333/Config/us-east-1/x.json.gz", "STANDARD"),
    ])
    let suggested = try judged(source: "", role, objects)
    #expect(suggested.statuses(of: "archived-objects") == [.open])
    #expect(suggested.statuses(of: "foreign-files") == [.open])
    #expect(suggested.statuses(of: "copy-prefix") == [.notChecked])
    let stated = try judged(source: "s3://acme-logs/AWSLogs/111122223333/", role, objects)
    #expect(stated.statuses(of: "archived-objects") == [.violated])
    #expect(stated.statuses(of: "foreign-files") == [.violated])
  }
}
