import Evidence
import PolicyModel

/// A fact of a copy by the name that reports show and rules use.
package enum NamedFact: String, Sendable, Hashable, CaseIterable {
  case source
  case bucket
  case prefix
  case bucketRegion = "bucket-region"
  case bucketAccount = "bucket-account"
  case roleARN = "role-arn"
  case roleName = "role-name"
  case roleAccount = "role-account"
  case destination
  case destinationAccount = "destination-account"
  case destinationRegion = "destination-region"
  case keyARN = "key-arn"
  case keyState = "key-state"
  case callerAccount = "caller-account"
  case callerARN = "caller-arn"
  case managementAccount = "management-account"
  case organizationID = "organization-id"
  case startTime = "start-time"
  case endTime = "end-time"
  case oldestLogDate = "oldest-log-date"
  case keepDays = "keep-days"
  case bucketKeys = "bucket-keys"
  case defaultEncryption = "default-encryption"
  case objectOwnership = "object-ownership"
  case foreignGrants = "foreign-grants"
  case restrictsPublicBuckets = "restricts-public-buckets"
  case requestPayer = "request-payer"
  case retentionPeriod = "retention-period"
  case organizationStore = "organization-store"
  case storeStatus = "event-data-store-status"
  case storeCategory = "event-data-store-category"
  case storeCreated = "event-data-store-created"
  case billingMode = "billing-mode"
  case ongoingImport = "ongoing-import"

  /// What it is, as a sentence begins: "the event data store's status".
  var noun: String {
    switch self {
    case .source: "the source"
    case .bucket: "the source bucket"
    case .prefix: "the source prefix"
    case .bucketRegion: "the source bucket's Region"
    case .bucketAccount: "the source bucket's account"
    case .roleARN: "the role"
    case .roleName: "the role's name"
    case .roleAccount: "the role's account"
    case .destination: "the event data store"
    case .destinationAccount: "the event data store's account"
    case .destinationRegion: "the event data store's Region"
    case .keyARN: "the key"
    case .keyState: "the key's state"
    case .callerAccount: "the caller's account"
    case .callerARN: "the caller"
    case .managementAccount: "the management account"
    case .organizationID: "the organization"
    case .startTime: "the start time"
    case .endTime: "the end time"
    case .oldestLogDate: "the date of the oldest log file"
    case .keepDays: "the number of days to keep the events"
    case .bucketKeys: "the use of S3 Bucket Keys"
    case .defaultEncryption: "the source bucket's default encryption"
    case .objectOwnership: "the source bucket's Object Ownership"
    case .foreignGrants: "the number of grants to others in the source bucket's ACL"
    case .restrictsPublicBuckets: "the source bucket's `RestrictPublicBuckets`"
    case .requestPayer: "the payer of requests to the source bucket"
    case .retentionPeriod: "the retention period in days"
    case .organizationStore: "whether the event data store is an organization's"
    case .storeStatus: "the event data store's status"
    case .storeCategory: "the event data store's event category"
    case .storeCreated: "the event data store's creation time"
    case .billingMode: "the event data store's billing mode"
    case .ongoingImport: "whether an import is in progress"
    }
  }

  /// The options and AWS CLI commands that would tell.
  var needs: [String] {
    switch self {
    case .source, .bucket, .prefix: ["--source"]
    case .bucketRegion: ["--bucket-region"]
    case .bucketAccount: ["--bucket-account"]
    case .roleARN, .roleName, .roleAccount: ["--role-arn"]
    case .destination, .destinationAccount, .destinationRegion: ["--destination"]
    case .keyARN: ["--key-arn", "aws s3api get-bucket-encryption"]
    case .keyState: ["aws kms describe-key"]
    case .callerAccount: ["--caller-account"]
    case .callerARN: ["aws sts get-caller-identity"]
    case .managementAccount: ["--management-account"]
    case .organizationID: ["--organization-id"]
    case .startTime: ["--start-time"]
    case .endTime: ["--end-time"]
    case .oldestLogDate: ["aws s3api list-objects-v2"]
    case .keepDays: ["--keep-days"]
    case .bucketKeys: ["--bucket-keys"]
    case .defaultEncryption: ["aws s3api get-bucket-encryption"]
    case .objectOwnership: ["aws s3api get-bucket-ownership-controls"]
    case .foreignGrants: ["aws s3api get-bucket-acl"]
    case .restrictsPublicBuckets: ["aws s3api get-public-access-block"]
    case .requestPayer: ["aws s3api get-bucket-request-payment"]
    case .retentionPeriod, .organizationStore, .storeStatus, .storeCategory, .storeCreated,
      .billingMode:
      ["aws cloudtrail get-event-data-store"]
    case .ongoingImport: ["aws cloudtrail list-imports"]
    }
  }

  /// Whether its values are whole numbers.
  var isNumber: Bool {
    switch self {
    case .keepDays, .retentionPeriod, .foreignGrants: true
    case .source, .bucket, .prefix, .bucketRegion, .bucketAccount, .roleARN, .roleName,
      .roleAccount, .destination, .destinationAccount, .destinationRegion, .keyARN, .keyState,
      .callerAccount, .callerARN, .managementAccount, .organizationID, .startTime, .endTime,
      .oldestLogDate, .bucketKeys, .defaultEncryption, .objectOwnership, .restrictsPublicBuckets,
      .requestPayer, .organizationStore, .storeStatus, .storeCategory, .storeCreated, .billingMode,
      .ongoingImport:
      false
    }
  }

  /// The names of all facts that are numbers.
  static var numbers: [String] { allCases.filter(\.isNumber).map(\.rawValue) }
}

// MARK: - Values

extension NamedFact {
  /// What a copy says of the fact, for each thing that has it: one for most facts, each key for
  /// those of keys.
  func subjects(in plan: CopyPlan) -> [(name: String, values: [Fact<String>])] {
    switch self {
    case .keyARN: plan.keys.map { ($0.name, [$0.arn]) }
    case .keyState: plan.keys.map { ($0.name, [$0.state]) }
    case .storeCategory: [(noun, Self.each(plan.facts.storeCategories))]
    case .source, .bucket, .prefix, .bucketRegion, .bucketAccount, .roleARN, .roleName,
      .roleAccount, .destination, .destinationAccount, .destinationRegion, .callerAccount,
      .callerARN, .managementAccount, .organizationID, .startTime, .endTime, .oldestLogDate,
      .keepDays, .bucketKeys, .defaultEncryption, .objectOwnership, .foreignGrants,
      .restrictsPublicBuckets, .requestPayer, .retentionPeriod, .organizationStore, .storeStatus,
      .storeCreated, .billingMode, .ongoingImport:
      [(noun, [value(in: plan.facts)])]
    }
  }

  /// Why the fact does not exist in a copy; nil where it may.
  func absence(in plan: CopyPlan) -> String? {
    switch self {
    case .keyARN, .keyState:
      plan.keys.isEmpty && plan.facts.isWithoutKeys.value == true
        ? "the objects are not encrypted with a KMS key" : nil
    case .managementAccount, .organizationID:
      plan.facts.isOutsideOrganizations.value == true
        ? "the account belongs to no organization" : nil
    case .source, .bucket, .prefix, .bucketRegion, .bucketAccount, .roleARN, .roleName,
      .roleAccount, .destination, .destinationAccount, .destinationRegion, .callerAccount,
      .callerARN, .startTime, .endTime, .oldestLogDate, .keepDays, .bucketKeys,
      .defaultEncryption, .objectOwnership, .foreignGrants, .restrictsPublicBuckets, .requestPayer,
      .retentionPeriod, .organizationStore, .storeStatus, .storeCategory, .storeCreated,
      .billingMode, .ongoingImport:
      nil
    }
  }

  private func value(in facts: CopyFacts) -> Fact<String> {
    switch self {
    case .source:
      facts.bucket.value.map { bucket in facts.prefix.map { "s3://\(bucket)/\($0)" } } ?? .unknown
    case .bucket: facts.bucket
    case .prefix: facts.prefix
    case .bucketRegion: facts.bucketRegion
    case .bucketAccount: facts.bucketAccount
    case .roleARN: facts.roleARN
    case .roleName: facts.roleARN.map { $0.split(separator: "/").last.map(String.init) }
    case .roleAccount: facts.roleARN.map(ImportRequests.account(of:))
    case .destination: facts.destination
    case .destinationAccount: facts.destination.map(ImportRequests.account(of:))
    case .destinationRegion: facts.destination.map { ARNParts($0).map { String($0.region) } }
    case .callerAccount: facts.callerAccount
    case .callerARN: facts.callerARN
    case .managementAccount: facts.managementAccount
    case .organizationID: facts.organizationID
    case .startTime: facts.startTime.map { $0.iso8601 }
    case .endTime: facts.endTime.map { $0.iso8601 }
    case .oldestLogDate: facts.oldestLogDate.map { $0.iso8601 }
    case .keepDays: facts.keepDays.map { String($0) }
    case .bucketKeys: facts.bucketKeys.map(\.rawValue)
    case .defaultEncryption: facts.defaultEncryption
    case .objectOwnership: ownership(facts)
    case .foreignGrants: facts.foreignGrants.map { String($0) }
    case .restrictsPublicBuckets: facts.restrictsPublicBuckets.map { String($0) }
    case .requestPayer: facts.payer
    case .retentionPeriod: facts.retentionPeriod.map { String($0) }
    case .organizationStore: facts.isOrganizationStore.map { String($0) }
    case .storeStatus: facts.storeStatus
    case .storeCreated: facts.storeCreated.map { $0.iso8601 }
    case .billingMode: facts.storeBillingMode
    case .ongoingImport: facts.hasOngoingImport.map { String($0) }
    case .keyARN, .keyState, .storeCategory: .unknown
    }
  }

  /// A bucket without ownership controls has the value `none`.
  private func ownership(_ facts: CopyFacts) -> Fact<String> {
    guard facts.objectOwnership.value == nil else { return facts.objectOwnership }
    return facts.hasNoOwnershipControls.map { $0 ? "none" : nil }
  }

  private static func each(_ fact: Fact<[String]>) -> [Fact<String>] {
    let count = fact.value?.count ?? 0
    return (0..<count).map { index in fact.map { $0[index] } }
  }
}
