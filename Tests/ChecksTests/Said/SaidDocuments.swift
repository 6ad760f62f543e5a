import Evidence
import PolicyModel

@testable import Checks

private let source = #""s3://acme-logs/AWSLogs/111122223333/CloudTrail/""#
private let whole =
  #""S3LocationUri": \#(source), "S3BucketRegion": "us-east-1", "S3BucketAccessRoleArn": "\#(SampleCopy.role)""#

/// An input of `start-import`.
private func input(
  _ destinations: String = "[\"\(SampleCopy.store)\"]", s3: String = whole,
  more: String =
    #", "StartEventTime": "2025-01-01T00:00:00Z", "EndEventTime": "2026-11-01T00:00:00Z""#
) -> String {
  "{\"Destinations\": \(destinations), \"ImportSource\": {\"S3\": {\(s3)}}\(more)}"
}

/// An object of a listing, with a key below the source prefix.
private func object(_ name: String, _ more: String = "") -> String {
  "{\"Key\": \"\(SampleCopy.prefix)\(name)\"\(more)}"
}

private func log(_ day: String, ending: String = ".json.gz") -> String {
  let path = "us-east-1/\(day.prefix(4))/\(day.dropFirst(4).prefix(2))/\(day.suffix(2))"
  return "\(path)/111122223333_CloudTrail_us-east-1_\(day)T0005Z_AbCdEfGhIjKlMnOp\(ending)"
}

private func listing(_ objects: String..., more: String = "") -> String {
  "{\"Contents\": [\(objects.joined(separator: ", "))]\(more)}"
}

extension SampleCopy {
  /// Takes what documents say beside policies in, with its places.
  fileprivate mutating func read(_ texts: String..., prefix: String = SampleCopy.prefix) {
    let documents = texts.enumerated().map { number, text in
      Document(Source(path: "\(number).json", text), as: .anything)
    }
    then { plan in
      var input = CopyInput(name: plan.name, asOf: plan.asOf)
      input.documents = documents
      input.facts = [
        try? StatedFact(.source, "s3://acme-logs/\(prefix)", origin: "`--source`"),
        try? StatedFact(.bucketRegion, "us-east-1", origin: "`--bucket-region`"),
        try? StatedFact(.callerAccount, "111122223333", origin: "`--caller-account`"),
      ].compactMap(\.self)
      let read = CopyPlan(assembling: input)
      plan.facts.prefix = read.facts.prefix
      plan.importRequests = read.importRequests
      plan.trails = read.trails
      plan.lifecycle = read.lifecycle ?? plan.lifecycle
      plan.listing = read.listing
      plan.facts.oldestLogDate = read.facts.oldestLogDate
      if read.facts.organizationID.value != nil {
        plan.facts.organizationID = read.facts.organizationID
      }
      if read.facts.retentionPeriod.value != nil {
        plan.facts.retentionPeriod = read.facts.retentionPeriod
        plan.facts.storeStatus = read.facts.storeStatus
        plan.facts.storeCategories = read.facts.storeCategories
        plan.storeCategoryPlaces = read.storeCategoryPlaces
        plan.facts.storeBillingMode = read.facts.storeBillingMode
        plan.facts.storeCreated = read.facts.storeCreated
        plan.facts.storeUpdated = read.facts.storeUpdated
        plan.facts.isOrganizationStore = read.facts.isOrganizationStore
      }
    }
  }
}

extension SaidCase {
  /// Requests, listings, trails and stores as documents show them.
  static let requests: [SaidCase] = inputs + listings + trails + stores

  private static let inputs: [SaidCase] =
    [
      ("a whole request", input()),
      ("a retry", #"{"ImportId": "11111111-2222-3333-4444-555555555555"}"#),
      ("a retry that is none", #"{"ImportId": "11111111-2222-3333-4444-55555555555G"}"#),
      (
        "a retry with more",
        #"{"ImportId": "11111111-2222-3333-4444-555555555555", "StartEventTime": "2026-01-01", "Destinations": []}"#
      ),
      ("names that are none", input(more: #", "StartEvent": 1, "EndEventTimes": 2, "Foo": 3"#)),
      (
        "names in the source that are none",
        input(s3: whole + #", "S3BucketRegions": "x", "Prefix": "y""#)
      ),
      ("no destination", #"{"ImportSource": {"S3": {\#(whole)}}}"#),
      ("two destinations", input("[\"a\", \"b\"]")),
      ("a destination without a list", input("\"\(SampleCopy.store)\"")),
      ("the id of a store", input("[\"ee54f265.8e2c_4b0b-9c3a\"]")),
      ("an id with a slash", input("[\"eventdatastore/ee54f265\"]")),
      ("an id with a space", input("[\"ee54 f265\"]")),
      ("an id of two characters", input("[\"ee\"]")),
      (
        "the spelling of 2023",
        input("[\"arn:aws:cloudtrail:us-east-1:111122223333:eventdataStore/e\"]")
      ),
      (
        "an ARN of another service",
        input("[\"arn:aws:s3:us-east-1:111122223333:eventdatastore/e\"]")
      ),
      (
        "a store of another account in a Region without Lake",
        input("[\"arn:aws:cloudtrail:mx-central-1:444455556666:eventdatastore/e\"]")
      ),
      (
        "a source without anything",
        #"{"Destinations": ["\#(SampleCopy.store)"], "ImportSource": {"S3": {}}}"#
      ),
      ("no source", #"{"Destinations": ["\#(SampleCopy.store)"]}"#),
      (
        "a source that is a list",
        #"{"Destinations": ["\#(SampleCopy.store)"], "ImportSource": {"S3": [\#(source)]}}"#
      ),
      (
        "a user in the place of the role",
        input(
          s3:
            #""S3LocationUri": \#(source), "S3BucketRegion": "eu-west-1", "S3BucketAccessRoleArn": "arn:aws:iam::111122223333:user/Ann""#
        )
      ),
      ("times that are none", input(more: #", "StartEventTime": "soon", "EndEventTime": "later""#)),
      (
        "a range that is turned round",
        input(more: #", "StartEventTime": "2026-05-01", "EndEventTime": "2026-01-01""#)
      ),
      ("a range without an end", input(more: #", "StartEventTime": "2026-05-01""#)),
      (
        "a range of the future",
        input(more: #", "StartEventTime": "2027-05-01", "EndEventTime": "2027-06-01""#)
      ),
      (
        "a skeleton",
        input(
          "[\"\"]", s3: #""S3LocationUri": "", "S3BucketRegion": "", "S3BucketAccessRoleArn": """#,
          more: "")
      ),
      (
        "a request with one empty text",
        input(
          s3:
            #""S3LocationUri": \#(source), "S3BucketRegion": "", "S3BucketAccessRoleArn": "\#(SampleCopy.role)""#
        )
      ),
    ].map { name, text in SaidCase.one(name) { $0.read(text) } } + [
      .one("a skeleton beside a request") {
        $0.read(
          input(),
          input(
            "[\"\"]", s3: #""S3LocationUri": "", "S3BucketRegion": "", "S3BucketAccessRoleArn": """#
          ))
      },
      .one("a request that alone names the Region") {
        $0.read(input())
        $0.then {
          $0.facts.bucketRegion = .stated(
            "us-east-1", by: "the request", at: $0.importRequests.first?.bucketRegion?.place)
        }
      },
      .one("no Region and no role, in no document") {
        $0.then {
          $0.facts.bucketRegion = .unknown
          $0.facts.roleARN = .unknown
        }
      },
      .one("a caller of another account, in no document") {
        $0.then { $0.facts.callerAccount = .stated("777788889999", by: "`--caller-account`") }
      },
      .one("an end in the future, in no document") {
        $0.then {
          $0.facts.endTime = .stated(Timestamp(seconds: $0.asOf.seconds + 1), by: "`--end-time`")
        }
      },
      .one("an end at this moment, in no document") {
        $0.then { $0.facts.endTime = .stated($0.asOf, by: "`--end-time`") }
      },
      .one("a start at this moment, in no document") {
        $0.then {
          $0.facts.startTime = .stated($0.asOf, by: "`--start-time`")
          $0.facts.endTime = .unknown
        }
      },
    ]

  private static let listings: [SaidCase] =
    [
      ("two log files", listing(object(log("20260101")), object(log("20260102")))),
      (
        "log files in archives",
        listing(
          object(log("20260101"), #", "StorageClass": "GLACIER""#),
          object(log("20260102"), #", "StorageClass": "DEEP_ARCHIVE""#),
          object(log("20260103"), #", "StorageClass": "STANDARD""#),
          object(log("20260104"), #", "StorageClass": "DEEP_ARCHIVE""#),
          object(log("20260105"), #", "StorageClass": "DEEP_ARCHIVE""#),
          object(log("20260106"), #", "StorageClass": "DEEP_ARCHIVE""#),
          object(log("20260107"), #", "StorageClass": "DEEP_ARCHIVE""#))
      ),
      (
        "one log file in an archive",
        listing(object(log("20260101"), #", "StorageClass": "GLACIER""#))
      ),
      (
        "a log file whose tier is not shown",
        listing(object(log("20260101"), #", "StorageClass": "INTELLIGENT_TIERING""#))
      ),
      (
        "a restored log file",
        listing(
          object(
            log("20260101"),
            #", "StorageClass": "GLACIER", "RestoreStatus": {"IsRestoreInProgress": false, "RestoreExpiryDate": "2026-12-24T00:00:00Z"}"#
          ))
      ),
      (
        "a log file without gzip",
        listing(object(log("20260101", ending: ".json")), object(log("20260102")))
      ),
      (
        "log files without gzip",
        listing(object(log("20260101", ending: ".json")), object(log("20260102", ending: ".json")))
      ),
      ("no log file", listing(object("readme.txt"))),
      ("nothing", listing()),
      (
        "files of others",
        listing(
          object(log("20260101")), object("readme.txt"), object("a/b.csv"), object("c.parquet"),
          object("d"))
      ),
      ("one file of others", listing(object(log("20260101")), object("readme.txt"))),
      (
        "log files elsewhere",
        listing(#"{"Key": "old/AWSLogs/111122223333/CloudTrail/\#(log("20260101"))"}"#)
      ),
      (
        "a listing that was cut short",
        listing(object(log("20260101")), more: #", "NextToken": "x""#)
      ),
      (
        "a listing of old files that was cut short",
        listing(object(log("20200101")), more: #", "NextToken": "x""#)
      ),
      ("a file of the first day", listing(object(log("20241221")))),
    ].map { name, text in SaidCase.one(name) { $0.read(text) } }
    + [
      (
        "AWSLogs/111122223333/",
        listing(
          #"{"Key": "AWSLogs/111122223333/Config/us-east-1/x.json.gz"}"#, object(log("20260101")))
      ),
      (
        "AWSLogs/111122223333/CloudTrail",
        listing(
          #"{"Key": "AWSLogs/111122223333/CloudTrail-Digest/us-east-1/2026/01/01/111122223333_CloudTrail-Digest_us-east-1_t_us-east-1_20260101T000000Z.json.gz"}"#,
          object(log("20260101")))
      ),
      ("AWSLogs/", listing(object(log("20260101")), more: #", "NextToken": "x""#)),
      ("AWSLogs", listing(object(log("20260101")), more: #", "NextToken": "x""#)),
      ("", listing(object(log("20260101")), more: #", "NextToken": "x""#)),
    ].map { prefix, text in
      SaidCase.one("a listing of `\(prefix)`") { $0.read(text, prefix: prefix) }
    } + [
      .one("a listing of a source that is only inferred") {
        $0.read(
          listing(object(log("20260101"), #", "StorageClass": "GLACIER""#), object("readme.txt")))
        $0.then { $0.facts.prefix = .inferred(SampleCopy.prefix, from: "the role's permissions") }
      },
      .one("a lifecycle that archives") {
        $0.read(
          #"{"Rules": [{"ID": "a", "Status": "Enabled", "Filter": {"Prefix": "AWSLogs/"}, "Transitions": [{"Days": 30, "StorageClass": "STANDARD_IA"}, {"Days": 365, "StorageClass": "GLACIER"}]}]}"#
        )
      },
      .one("a lifecycle that archives later than anything is old") {
        $0.read(
          #"{"Rules": [{"ID": "a", "Status": "Enabled", "Filter": {"Prefix": ""}, "Transitions": [{"Days": 701, "StorageClass": "GLACIER"}]}]}"#
        )
      },
      .one("a lifecycle that deletes") {
        $0.read(
          #"{"Rules": [{"ID": "a", "Status": "Enabled", "Filter": {"Prefix": "AWSLogs/"}, "Expiration": {"Days": 400}}, {"ID": "b", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 300}}]}"#
        )
      },
      .one("a lifecycle that deletes after a day") {
        $0.read(
          #"{"Rules": [{"ID": "a", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 1}}]}"#
        )
      },
      .one("a lifecycle that deletes what is elsewhere") {
        $0.read(
          #"{"Rules": [{"ID": "a", "Status": "Enabled", "Filter": {"Prefix": "tmp/"}, "Expiration": {"Days": 1}}]}"#
        )
      },
      .one("a lifecycle that deletes what has a tag") {
        $0.read(
          #"{"Rules": [{"ID": "a", "Status": "Enabled", "Filter": {"Tag": {"Key": "a", "Value": "b"}}, "Expiration": {"Days": 10}}]}"#
        )
      },
      .one("a lifecycle that deletes at the first day") {
        $0.read(
          #"{"Rules": [{"ID": "a", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 700}}]}"#
        )
      },
    ]

  private static func trail(_ more: String = "") -> String {
    #"{"trailList": [{"Name": "main", "TrailARN": "arn:aws:cloudtrail:us-east-1:111122223333:trail/main", "S3BucketName": "acme-logs", "HomeRegion": "us-east-1"\#(more)}]}"#
  }

  private static let trails: [SaidCase] =
    [
      ("a trail", trail(), SampleCopy.prefix),
      ("a trail with a prefix", trail(#", "S3KeyPrefix": "org""#), SampleCopy.prefix),
      (
        "a trail with a prefix, and the copy has another", trail(#", "S3KeyPrefix": "org""#),
        "team/AWSLogs/111122223333/CloudTrail/"
      ),
      (
        "a trail with the copy's prefix", trail(#", "S3KeyPrefix": "org""#),
        "org/AWSLogs/111122223333/CloudTrail/"
      ),
      ("a copy from above a trail's prefix", trail(#", "S3KeyPrefix": "org/a""#), "org/"),
      ("a copy of a trail without its prefix", trail(), "team/x/"),
      (
        "an organization's trail, and the copy names none",
        trail(#", "IsOrganizationTrail": true"#), SampleCopy.prefix
      ),
      (
        "an organization's trail, and the copy names one", trail(#", "IsOrganizationTrail": true"#),
        "AWSLogs/o-acme123456/111122223333/CloudTrail/"
      ),
      (
        "no organization's trail, and the copy names one",
        trail(#", "IsOrganizationTrail": false"#), "AWSLogs/o-acme123456/111122223333/CloudTrail/"
      ),
      ("a copy of the whole account", trail(), "AWSLogs/111122223333/"),
      ("a copy without the last slash", trail(), "AWSLogs/111122223333/CloudTrail"),
      ("a copy of the whole bucket", trail(), ""),
    ].map { name, text, prefix in SaidCase.one(name) { $0.read(text, prefix: prefix) } } + [
      .one("the trail of another organization") {
        $0.read(
          trail(#", "IsOrganizationTrail": true"#),
          prefix: "AWSLogs/o-other12345/111122223333/CloudTrail/")
        $0.then { $0.facts.organizationID = .stated("o-acme123456", by: "`--organization-id`") }
      },
      .one("an organization's trail, and the organization is known") {
        $0.read(trail(#", "IsOrganizationTrail": true"#))
        $0.then { $0.facts.organizationID = .stated("o-acme123456", by: "`--organization-id`") }
      },
    ]

  private static func store(_ more: String, days: Int = 1095, status: String = "ENABLED") -> String
  {
    #"{"EventDataStoreArn": "\#(SampleCopy.store)", "Name": "lake", "Status": "\#(status)", "RetentionPeriod": \#(days), "OrganizationEnabled": false, "CreatedTimestamp": "2026-11-20T00:00:00Z", "UpdatedTimestamp": "2026-11-20T00:00:30Z"\#(more)}"#
  }

  private static func selectors(_ categories: String...) -> String {
    let each = categories.map {
      #"{"Name": "x", "FieldSelectors": [{"Field": "eventCategory", "Equals": ["\#($0)"]}]}"#
    }
    return #", "AdvancedEventSelectors": [\#(each.joined(separator: ", "))]"#
  }

  private static let stores: [SaidCase] =
    [
      ("a store", store(selectors("Management"))),
      ("a store for other events", store(selectors("Insight", "management", "ConfigurationItem"))),
      ("a store that keeps too short", store(selectors("Management"), days: 600)),
      (
        "a store that keeps six days",
        store(
          selectors("Management") + #", "BillingMode": "EXTENDABLE_RETENTION_PRICING""#, days: 6)
      ),
      (
        "a store that keeps too long for its price",
        store(selectors("Management") + #", "BillingMode": "FIXED_RETENTION_PRICING""#, days: 2558)
      ),
      (
        "a store that keeps as long as its price",
        store(selectors("Management") + #", "BillingMode": "FIXED_RETENTION_PRICING""#, days: 2557)
      ),
      (
        "a store that keeps longer than any",
        store(selectors("Management") + #", "BillingMode": "FIXED_RETENTION_PRICING""#, days: 3654)
      ),
      ("a store that is stopped", store(selectors("Management"), status: "STOPPED_INGESTION")),
      ("a store that is deleted", store(selectors("Management"), status: "PENDING_DELETION")),
      ("a store that is made", store(selectors("Management"), status: "CREATED")),
    ].map { name, text in SaidCase.one(name) { $0.read(text, listing(object(log("20260101")))) } }
    + [
      .one("a store that collects since before the end") {
        $0.read(store(selectors("Management")).replacingDay("2026-10-20"))
      },
      .one("a store that is stopped and collected before") {
        $0.read(
          store(selectors("Management"), status: "STOPPED_INGESTION").replacingDay("2026-10-20"))
        $0.then { $0.facts.storeUpdated = .stated($0.asOf, by: "the store") }
      },
      .one("a period that holds the oldest event for a day less") {
        $0.then {
          $0.facts.retentionPeriod = .stated(730, by: "the store")
          $0.facts.keepDays = .stated(31, by: "`--keep-days`")
        }
      },
      .one("a period that holds the oldest event just so") {
        $0.then {
          $0.facts.retentionPeriod = .stated(730, by: "the store")
          $0.facts.keepDays = .stated(30, by: "`--keep-days`")
        }
      },
      .one("an organization's store and its management account") {
        $0.then {
          $0.facts.isOrganizationStore = .stated(true, by: "the store")
          $0.facts.managementAccount = .stated("777788889999", by: "`--management-account`")
        }
      },
      .one("a store with a key of its own") {
        $0.storeKey(said("Allow", "kms:*", to: #"{"Service": "cloudtrail.amazonaws.com"}"#))
      },
    ]

  /// An example of every status of every requirement.
  static let statuses: [SaidCase] = statusCells.compactMap { cell in
    guard case .copy(let change) = cell.example, let owner = cell.owners.first else { return nil }
    return SaidCase(name: cell.testDescription, owner: owner, change: change)
  }
}

extension String {
  /// A store's answer with another day of its creation and change.
  fileprivate func replacingDay(_ day: String) -> String {
    split(separator: "2026-11-20", omittingEmptySubsequences: false).joined(separator: day)
  }
}
