import PolicyModel
import Testing

@testable import Checks

/// One condition of a statement for everyone, and whether it keeps a bucket policy from being public.
struct PublicCase: Sendable, CustomTestStringConvertible {
  enum Answer: Sendable { case isPublic, isNot, isNotDocumented }

  var condition: String
  var answer: Answer

  var testDescription: String { "\(condition): \(answer)" }

  init(_ condition: String, _ answer: Answer) {
    self.condition = condition
    self.answer = answer
  }

  /// Amazon S3 User Guide, "The meaning of public", and its examples.
  static let all = [
    PublicCase("", .isPublic),
    PublicCase(#""StringEquals": {"aws:SourceVpc": "vpc-91237329"}"#, .isNot),
    PublicCase(#""StringLike": {"aws:SourceVpc": "vpc-*"}"#, .isPublic),
    PublicCase(#""StringEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}"#, .isNot),
    PublicCase(#""StringEquals": {"aws:PrincipalOrgID": "${aws:ResourceOrgID}"}"#, .isPublic),
    PublicCase(#""StringEqualsIfExists": {"aws:PrincipalOrgID": "o-exampleorgid"}"#, .isPublic),
    PublicCase(#""StringNotEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}"#, .isPublic),
    PublicCase(#""StringEquals": {"aws:PrincipalAccount": ["111122223333", "?"]}"#, .isPublic),
    PublicCase(#""IpAddress": {"aws:SourceIp": "203.0.113.0/24"}"#, .isNot),
    PublicCase(#""IpAddress": {"aws:SourceIp": "0.0.0.0/1"}"#, .isPublic),
    PublicCase(#""IpAddress": {"aws:SourceIp": "32.0.0.0/8"}"#, .isNot),
    PublicCase(#""IpAddress": {"aws:SourceIp": "2001:db8::/31"}"#, .isPublic),
    PublicCase(#""NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}"#, .isPublic),
    PublicCase(
      #""ArnLike": {"s3:DataAccessPointArn": "arn:aws:s3:us-east-1:111122223333:accesspoint/*"}"#,
      .isNot),
    PublicCase(
      #""ArnLike": {"s3:DataAccessPointArn": "arn:aws:s3:us-east-1:*:accesspoint/logs"}"#, .isPublic
    ),
    PublicCase(#""Bool": {"aws:SecureTransport": "true"}"#, .isPublic),
    PublicCase(
      #""ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-a/r-b/*"}"#, .isNotDocumented),
  ]
}

@Suite struct `A bucket policy that is public` {
  private static func statement(_ elements: String) throws -> Statement {
    let text = """
      {
        "Version": "2012-10-17",
        "Statement": {\(elements), "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-logs/*"}
      }
      """
    return try #require(
      try SampleCopy.policy("bucket.json", text, .bucket).statements.first)
  }

  @Test(arguments: PublicCase.all)
  func `A statement for everyone is public but for fixed values`(_ example: PublicCase) throws {
    let statement = try Self.statement(
      #""Effect": "Allow", "Principal": {"AWS": "*"}, "Condition": {\#(example.condition)}"#)
    let found = PublicStatement(statement)
    switch example.answer {
    case .isPublic: #expect(found?.isCertain == true)
    case .isNot: #expect(found == nil)
    case .isNotDocumented: #expect(found?.isCertain == false)
    }
  }

  @Test(arguments: [
    (#""Effect": "Deny", "Principal": "*""#, false),
    (#""Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}"#, false),
    (#""Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}"#, false),
    (#""Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam::111122223333:root", "*"]}"#, true),
  ])
  func `Only an Allow for nobody in particular is`(elements: String, isPublic: Bool) throws {
    #expect((PublicStatement(try Self.statement(elements)) != nil) == isPublic)
  }
}
