import Testing

@testable import PolicyModel

@Suite struct `References inside plain strings` {
  static let texts: [PolicyText] = [
    .literal("arn:aws:s3:::acme-logs"),
    .segments([.symbol(.init(resource: "Role", attribute: "Arn"))]),
    .segments([
      .literal("arn:aws:iam::"), .symbol(.init(resource: "AWS", attribute: "AccountId")),
      .literal(":root"),
    ]),
    .segments([.literal("x"), .unknown(reason: "the template leaves it open"), .literal("y")]),
  ]

  @Test(arguments: texts) func `Are read as they were written`(text: PolicyText) {
    #expect(PolicyText(encoded: text.encoded) == text)
  }

  @Test func `Hold no colon, so that an ARN can be split`() {
    let account = PolicyText.segments([.symbol(.init(resource: "AWS::Pseudo", attribute: "a/b"))])
    let arn = ARNParts("arn:aws:iam::\(account.encoded):root")
    #expect(arn.map { String($0.account) } == account.encoded)
    #expect(arn.map { String($0.resource) } == "root")
  }

  @Test func `Read as variables for people`() {
    #expect(Self.texts[2].encoded.withReadableReferences == "arn:aws:iam::${AWS.AccountId}:root")
    #expect("plain".withReadableReferences == "plain")
    #expect(!"plain \u{FB01}".holdsReference)
  }
}
