import Checks
import Evidence
import PolicyModel
import Testing

@testable import Fixing

/// A document as somebody has it, broken, and what it becomes.
struct OwnersFile: Sendable, CustomTestStringConvertible {
  var name: String
  /// The policy it is, by its option.
  var policy: String
  var path: String
  var accounts = Accounts.one
  var allowsUnsafe = false
  /// With `«-…-»` where something goes and `«+…+»` where something comes.
  var text: String

  var testDescription: String { name }

  var before: String { marked(keeping: "«-", "-»", without: "«+", "+»") }
  var after: String { marked(keeping: "«+", "+»", without: "«-", "-»") }

  private func marked(
    keeping open: String, _ close: String, without otherOpen: String, _ otherClose: String
  ) -> String {
    var parts = text.split(separator: otherOpen, omittingEmptySubsequences: false).map(String.init)
    for index in parts.indices.dropFirst() {
      parts[index] = parts[index].split(
        separator: otherClose, maxSplits: 1, omittingEmptySubsequences: false
      ).dropFirst().joined()
    }
    return parts.joined().replacing(open, with: "").replacing(close, with: "")
  }
}

extension OwnersFile {
  private static let store = Bundle.store
  private static let id = "ee54f265-8e2c-4b0b-9c3a-0a1b2c3d4e5f"
  private static let arn = "arn:aws:cloudtrail:us-east-1:111122223333:"
  private static let conditions =
    #"{"StringEquals": {"aws:SourceAccount": "111122223333", "aws:SourceArn": "\#(store)"}}"#

  static let all = [
    OwnersFile(
      name: "comments in odd places", policy: "trust", path: "trust.yaml",
      text: """
        # who may assume
        Version: "2012-10-17"   # new
        Statement: # only one
        # odd place

          Effect: Allow         # yes
          Principal: {Service: cloudtrail.amazonaws.com}
          Action: 'sts:AssumeRole' # assume
          Condition:
            # the conditions
            StringEquals: {"aws:SourceAccount": "111122223333"   , "aws:SourceArn": \(arn)«-eventdataStore-»«+eventdatastore+»/\(id)} # odd
        # end

        """),
    OwnersFile(
      name: "an anchor that two statements share", policy: "role", path: "role.yaml",
      text: """
        Version: 2012-10-17
        Statement:
        - Effect: Allow
          Action:
          - s3:ListBucket
        «+  - s3:GetBucketAcl
        +»  # more to come
          Resource: [ "\(Bundle.bucketARN)" , ] # trailing comma
          Condition: &cond
            StringEquals: &eq
              aws:SourceAccount: '111122223333'
              aws:SourceArn: \(arn)«-eventdataStore-»«+eventdatastore+»/\(id)
        - Effect: Allow
          Action: s3:GetObject
          Resource: \(Bundle.bucketARN)/\(Bundle.prefix)*
          Condition: *cond
        - {Effect: Allow, Action: [kms:GenerateDataKey, kms:Decrypt], Resource: "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}

        """),
    OwnersFile(
      name: "a comment behind the last of a list in brackets", policy: "caller-policy",
      path: "caller.yaml",
      text: """
        Version: '2012-10-17'
        Statement:
            - Sid: "A"
              Effect: "Allow"
              Action: [
                  "cloudtrail:GetImport", # get
                  "cloudtrail:ListImports"«+,+»  # list
        «+          "cloudtrail:StartImport"
        +»      ]
              Resource: "*"
            - Sid: "B"
              Effect: "Allow"
              Action: "iam:PassRole"
              Resource:
                  - "arn:aws:iam::111122223333:role/other"
        «+          - "\(Bundle.role)"
        +»          # more roles here
              Condition: {StringEquals: {"iam:PassedToService": "cloudtrail.amazonaws.com"}}

        """),
    OwnersFile(
      name: "one statement on one line", policy: "key", path: "key.json",
      text:
        #"{"Version":"2012-10-17","Statement":{"Sid":"A","Effect":"Allow","Principal":{"AWS":"\#(Bundle.role)"},"Action":«+[+»"kms:Decrypt"«+,"kms:GenerateDataKey"]+»,"Resource":"*","Condition":{"StringLike":{"kms:EncryptionContext:aws:s3:arn":«+[+»"\#(Bundle.bucketARN)/*"«+,"\#(Bundle.bucketARN)"]+»}}}}"#
    ),
    OwnersFile(
      name: "a list of no statements", policy: "trust", path: "trust.json",
      text: """
        {"Version": "2012-10-17", "Statement": [«+{"Sid": "AWSCloudTrailImportTrust", "Effect": "Allow", \
        "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "sts:AssumeRole", \
        "Condition": \(conditions)}+»]}
        """),
    OwnersFile(
      name: "an empty object", policy: "trust", path: "trust.json",
      text:
        #"{«+"Version":"2012-10-17","Statement":[{"Sid":"AWSCloudTrailImportTrust","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:SourceAccount":"111122223333","aws:SourceArn":"\#(store)"}}}]+»}"#
    ),
    OwnersFile(
      name: "every store in the old spelling, where only one may", policy: "trust",
      path: "trust.yaml",
      text: """
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {Service: cloudtrail.amazonaws.com}
            Action: sts:AssumeRole
            Condition:
              StringEquals: {aws:SourceAccount: "111122223333"}
              ArnLike:
                aws:SourceArn: «-arn:aws:cloudtrail:us-east-1:111122223333:eventdataStore/*-»«+\(store)+»

        """),
    OwnersFile(
      name: "a placeholder where access is granted otherwise", policy: "bucket",
      path: "bucket.json",
      text: """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "\(Bundle.role)"}, \
        "Action": "s3:GetObject", "Resource": "arn:aws:s3:::«-amzn-s3-demo-bucket-»«+acme-logs+»/*"}]}
        """),
    OwnersFile(
      name: "no conditions, in a block", policy: "trust", path: "trust.yaml", allowsUnsafe: true,
      text: """
        Version: "2012-10-17"
        Statement:
          - Action: sts:AssumeRole # so that it can copy
            Principal:
              Service: cloudtrail.amazonaws.com
            Effect: Allow   # by all means
        «+    Condition:
              StringEquals:
                aws:SourceAccount: "111122223333"
                aws:SourceArn: \(store)
        +»    # that is all

        """),
  ]
}

@Suite struct `Files as their owners have them` {
  @Test(arguments: OwnersFile.all)
  func `A file is mended where it is wrong, and is its owner's elsewhere`(_ file: OwnersFile) throws
  {
    var bundle = Bundle(file.accounts)
    bundle.sources[file.policy] = Source(path: file.path, file.before)
    var session = try bundle.session()
    session.mend(withUnsafe: file.allowsUnsafe)
    let change = try #require(session.changes.first, "\(session.report().complaints)")
    #expect(String(decoding: change.mended.text, as: UTF8.self) == file.after)
    #expect(session.report().verdict == .ready, "\(session.report().complaints)")
    #expect(session.report().complaints.isEmpty, "\(session.report().complaints)")
  }

  /// A template that makes the event data store, whose id nobody knows yet.
  private static func template(_ source: String) -> String {
    """
    Resources:
      Role:
        Type: AWS::IAM::Role
        Properties:
          RoleName: copier
          AssumeRolePolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Principal: {Service: cloudtrail.amazonaws.com}
                Action: sts:AssumeRole
                Condition:
                  StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}
                  StringLike:
                    aws:SourceArn: \(source) # the store
      Store:
        Type: AWS::CloudTrail::EventDataStore
        Properties: {Name: history, RetentionPeriod: 366}

    """
  }

  @Test(arguments: [
    "!Sub arn:aws:cloudtrail:${AWS::Region}:${AWS::AccountId}:eventdataStore/*",
    "arn:aws:cloudtrail:us-east-1:111122223333:eventdataStore/*",
    "!Sub 'arn:aws:cloudtrail:us-east-1:${AWS::AccountId}:eventdataStore/${Store}'",
  ])
  func `The old spelling is corrected beside a store that the template makes`(_ value: String)
    throws
  {
    var input = CopyInput(name: "template", asOf: Bundle.asOf)
    input.documents = [
      Document(Source(path: "template.yaml", Self.template(value)), as: .anything)
    ]
    let facts: [(FactName, String)] = [
      (.account, "111122223333"), (.region, "us-east-1"),
      (.roleARN, "arn:aws:iam::111122223333:role/copier"),
    ]
    for (name, text) in facts {
      input.facts.append(try StatedFact(name, text, origin: "`--\(name.rawValue)`"))
    }
    var session = FixSession([input], judgedBy: Bundle.judge)
    let before = session.report()
    #expect(before.verdict == .blocked, "\(before.complaints)")
    session.mend(withUnsafe: false)
    let text = String(
      decoding: try #require(session.changes.first?.mended.text), as: UTF8.self)
    let rows = session.report().copies[0].requirements.filter {
      ["sts-assume-role", "confused-deputy"].contains($0.rule)
    }
    #expect(!text.contains("eventdataStore/"))
    #expect(text.contains(" # the store\n"))
    #expect(rows.count == 2 && !rows.contains { $0.status == .violated }, "\(text)")
  }
}
