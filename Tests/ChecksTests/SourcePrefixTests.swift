import PolicyModel
import Testing

@testable import Checks
@testable import Evidence

/// A source prefix beside what is known of the bucket's trail and of its objects.
struct PrefixCase: Sendable, CustomTestStringConvertible {
  var prefix: String
  var trail: (prefix: String?, isOrganization: Bool)?
  /// Whether a listing shows that nothing but log files lies below.
  var isListed = false
  var status: Requirement.Status
  /// The way out, of a violation.
  var help: String?

  var testDescription: String {
    "\(prefix), \(trail.map { "trail in \($0.prefix ?? "the bucket itself")" } ?? "no trail")"
  }

  init(
    _ prefix: String, _ status: Requirement.Status, help: String? = nil,
    trail: (prefix: String?, isOrganization: Bool)? = nil, isListed: Bool = false
  ) {
    self.prefix = prefix
    self.status = status
    self.help = help
    self.trail = trail
    self.isListed = isListed
  }

  func report() throws -> Report {
    var copy = SampleCopy()
    let example = self
    copy.change = { plan in
      plan.facts.prefix = .stated(example.prefix, by: "`--source`")
      if !example.isListed { plan.listing = nil }
      if let trail = example.trail {
        plan.trails = [
          Trail(
            TrailRecord(
              arn: nil, bucket: Said("acme-logs", by: "the trail", at: nil), prefix: trail.prefix,
              keyID: nil, isOrganizationTrail: trail.isOrganization, name: "acme"))
        ]
      }
    }
    return try copy.report
  }
}

@Suite struct `Source prefixes` {
  @Test(arguments: [
    // As the guide writes them.
    PrefixCase("AWSLogs/111122223333/CloudTrail/", .notChecked),
    PrefixCase("AWSLogs/111122223333/CloudTrail/", .proven, trail: (nil, false)),
    PrefixCase("AWSLogs/111122223333/CloudTrail/eu-west-1/2025/", .proven, trail: (nil, false)),
    PrefixCase("AWSLogs/o-abc1234567/", .proven, trail: (nil, true)),
    PrefixCase("AWSLogs/o-abc1234567/111122223333/CloudTrail/", .proven, trail: (nil, true)),
    PrefixCase("prod/AWSLogs/111122223333/CloudTrail/", .proven, trail: ("prod", false)),
    PrefixCase("", .proven, trail: (nil, false)),
    // Copies of log files, moved elsewhere.
    PrefixCase("archive/2024/", .notChecked),
    PrefixCase("archive/2024/", .proven, isListed: true),
    // Wide, but nothing else is there.
    PrefixCase("AWSLogs/111122223333/", .proven, isListed: true),
    PrefixCase("AWSLogs/111122223333/CloudTrail", .proven, isListed: true),
    // Wide.
    PrefixCase(
      "AWSLogs/111122223333/CloudTrail", .violated,
      help: "write `s3://acme-logs/AWSLogs/111122223333/CloudTrail/`"),
    PrefixCase(
      "AWSLogs/111122223333/", .violated,
      help: "write `s3://acme-logs/AWSLogs/111122223333/CloudTrail/`"),
    PrefixCase(
      "AWSLogs/", .violated,
      help: "copy account by account, from `s3://acme-logs/AWSLogs/ACCOUNT/CloudTrail/`"),
    // Elsewhere than the trail delivers.
    PrefixCase(
      "AWSLogs/111122223333/CloudTrail/", .violated,
      help: "write `s3://acme-logs/AWSLogs/o-…/111122223333/CloudTrail/`", trail: (nil, true)),
    PrefixCase(
      "AWSLogs/o-abc1234567/111122223333/CloudTrail/", .violated,
      help: "write `s3://acme-logs/AWSLogs/111122223333/CloudTrail/`", trail: (nil, false)),
    PrefixCase(
      "AWSLogs/111122223333/CloudTrail/", .violated,
      help: "write `s3://acme-logs/prod/AWSLogs/111122223333/CloudTrail/`", trail: ("prod", false)),
    PrefixCase(
      "prod/AWSLogs/111122223333/CloudTrail/", .violated,
      help: "write `s3://acme-logs/AWSLogs/111122223333/CloudTrail/`", trail: (nil, false)),
    // In other capitals than CloudTrail writes.
    PrefixCase(
      "awslogs/111122223333/CloudTrail/", .violated,
      help: "write `s3://acme-logs/AWSLogs/111122223333/CloudTrail/`"),
    PrefixCase(
      "AWSLogs/111122223333/cloudtrail/", .violated,
      help: "write `s3://acme-logs/AWSLogs/111122223333/CloudTrail/`", trail: (nil, false)),
    PrefixCase(
      "AWSLogs/o-abc1234567/111122223333/Cloudtrail/eu-west-1/", .violated,
      help: "write `s3://acme-logs/AWSLogs/o-abc1234567/111122223333/CloudTrail/eu-west-1/`"),
    PrefixCase(
      "awslogs/AWSLogs/111122223333/CloudTrail/", .proven, trail: ("awslogs", false)),
    PrefixCase("awslogs/", .proven, trail: ("awslogs", false)),
    PrefixCase("cloudtrail/2024/", .notChecked),
    PrefixCase("AWSLogs/111122223333/cloudtrail/", .proven, isListed: true),
    // The trail was another once: its log files are there.
    PrefixCase("AWSLogs/111122223333/CloudTrail/", .proven, trail: (nil, true), isListed: true),
  ])
  func `Are compared with the trail and with what lies below`(_ example: PrefixCase) throws {
    let report = try example.report()
    #expect(report.statuses(of: "copy-prefix") == [example.status])
    #expect(
      report.findings.filter { $0.rule == "copy-prefix" }.compactMap(\.help)
        == [example.help].compactMap(\.self))
  }

  @Test func `Digest files that a prefix takes in are told by the prefix`() throws {
    var copy = SampleCopy()
    copy.change = {
      $0.facts.prefix = .stated("AWSLogs/111122223333/CloudTrail", by: "`--source`")
      $0.listing?.foreign = .one(ForeignKind.digest.rawValue)
      $0.listing?.foreignByKind = [.digest: 1]
    }
    let report = try copy.report
    #expect(report.findings.map(\.rule) == ["copy-prefix"])
    #expect(report.rows(of: "foreign-files").map(\.causes) == [["copy-prefix"]])
  }
}

@Suite struct `Lifecycles` {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var rule: LifecycleRule
    var archived = Requirement.Status.notChecked
    var expired = Requirement.Status.proven

    var testDescription: String { name }
  }

  /// The copy begins 700 days before it is judged, at midnight.
  @Test(arguments: [
    Case(name: "deletes later", rule: .one(expiration: 701)),
    Case(name: "deletes today", rule: .one(expiration: 700), expired: .violated),
    Case(name: "deletes another folder", rule: .one(expiration: 30, prefix: "tmp/")),
    Case(
      name: "deletes a part of the source",
      rule: .one(expiration: 30, prefix: "AWSLogs/111122223333/CloudTrail/us-east-1/"),
      expired: .violated),
    Case(
      name: "deletes what a filter picks", rule: .one(expiration: 30, isPartial: true),
      expired: .open),
    Case(name: "deleted all on a date", rule: .one(on: -1), expired: .violated),
    Case(name: "deletes all on a date to come", rule: .one(on: 1)),
    Case(
      name: "deleted on a date what a filter picks", rule: .one(on: -1, isPartial: true),
      expired: .open),
    Case(
      name: "archived all on a date", rule: .one(archivedOn: -400, to: "DEEP_ARCHIVE"),
      archived: .open),
    Case(name: "archives all on a date to come", rule: .one(archivedOn: 400, to: "DEEP_ARCHIVE")),
    Case(name: "archives", rule: .one(transition: 90, to: "GLACIER"), archived: .open),
    Case(name: "archives later", rule: .one(transition: 701, to: "GLACIER")),
    Case(name: "archives for instant retrieval", rule: .one(transition: 90, to: "GLACIER_IR")),
    Case(name: "moves to infrequent access", rule: .one(transition: 90, to: "STANDARD_IA")),
    Case(
      name: "archives another folder", rule: .one(transition: 90, to: "GLACIER", prefix: "tmp/")),
  ])
  func `Speak against a copy only where they reach its log files`(_ example: Case) throws {
    var copy = SampleCopy()
    copy.change = {
      $0.listing = nil
      $0.lifecycle = [example.rule]
    }
    let report = try copy.report
    #expect(report.statuses(of: "archived-objects") == [example.archived])
    #expect(report.statuses(of: "log-expiry") == [example.expired])
    #expect(report.verdict != .blocked)
  }

  /// Only a listing of all objects shows that there is no log file.
  @Test(arguments: [true, false])
  func `A listing without a log file`(isComplete: Bool) throws {
    var copy = SampleCopy()
    copy.change = { plan in
      var listing = ListingSummary(origin: "`list-objects-v2`")
      listing.objects = 5
      if !isComplete { listing.gap = "the listing was cut short after 5 objects" }
      plan.listing = listing
    }
    let said = try copy.report.findings.filter { $0.rule == "copy-prefix" }.map(\.message)
    #expect(said.contains { $0.hasPrefix("no log file") } == isComplete)
  }

  /// A log file of the first day shows that nothing was deleted; one of the next day does not.
  @Test(arguments: [
    (0, Requirement.Status.proven), (86_399, .proven), (86_400, .violated),
  ])
  func `What a listing shows counts more`(seconds: Int, expired: Requirement.Status) throws {
    var copy = SampleCopy()
    copy.change = {
      $0.lifecycle = [.one(expiration: 30, transition: 10, to: "GLACIER")]
      let start = $0.facts.startTime.value ?? $0.asOf
      $0.listing?.oldest = ListingSummary.Dated(
        moment: Timestamp(seconds: start.seconds + seconds),
        place: Place(source: Source(path: "l.json", "{}"), range: 0..<2))
    }
    let report = try copy.report
    #expect(report.statuses(of: "archived-objects") == [.proven])
    #expect(report.statuses(of: "log-expiry") == [expired])
  }
}
