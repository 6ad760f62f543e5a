import Evidence
import Testing

@testable import lint_copy

/// How the value of a document option is taken apart.
struct DocumentCase: Sendable, CustomTestStringConvertible {
  var name: String
  var argument: DocumentArgument
  var location: DocumentArgument.Location
  var use: Document.Use

  var testDescription: String { name }
}

@Suite struct `Document options` {
  private static let arn = "arn:aws:kms:us-east-1:111122223333:key/1"

  @Test(arguments: [
    DocumentCase(
      name: "a key policy of its key", argument: DocumentArgument(key: "\(arn)=key.json"),
      location: .path("key.json"), use: .key(arn: arn)),
    DocumentCase(
      name: "a path that holds =", argument: DocumentArgument(key: "a=b.json"),
      location: .path("a=b.json"), use: .key(arn: nil)),
    DocumentCase(
      name: "a key whose file holds =", argument: DocumentArgument(key: "\(arn)=a=b.json"),
      location: .path("a=b.json"), use: .key(arn: arn)),
    DocumentCase(
      name: "a key from standard input", argument: DocumentArgument(key: "\(arn)=-"),
      location: .input, use: .key(arn: arn)),
    DocumentCase(
      name: "no key", argument: DocumentArgument(key: "none"), location: .none,
      use: .key(arn: nil)),
    DocumentCase(
      name: "a level's policy",
      argument: DocumentArgument(leveled: "root=scp.json") { .serviceControl(level: $0) },
      location: .path("scp.json"), use: .serviceControl(level: "root")),
    DocumentCase(
      name: "a policy of no level",
      argument: DocumentArgument(leveled: "scp.json") { .resourceControl(level: $0) },
      location: .path("scp.json"), use: .resourceControl(level: nil)),
    DocumentCase(
      name: "a path with a folder and =",
      argument: DocumentArgument(leveled: "./root=scp.json") { .serviceControl(level: $0) },
      location: .path("./root=scp.json"), use: .serviceControl(level: nil)),
    DocumentCase(
      name: "a positional file called none", argument: DocumentArgument("none", as: .anything),
      location: .path("none"), use: .anything),
  ])
  func `A value is split where its option says`(_ expected: DocumentCase) {
    #expect(expected.argument.location == expected.location)
    #expect(expected.argument.use == expected.use)
  }
}
