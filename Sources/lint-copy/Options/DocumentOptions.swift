import ArgumentParser
import Evidence

/// The documents of a copy.
struct DocumentOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("Permissions of the role that CloudTrail will assume.", valueName: "file"),
    completion: .documents)
  var role: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("The role's trust policy.", valueName: "file"),
    completion: .documents)
  var trust: String?

  @Option(
    name: .long, help: ArgumentHelp("The source bucket's policy.", valueName: "file"),
    completion: .documents)
  var bucket: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The policy of a KMS key that encrypts the log files.", valueName: "[key-arn=]file"),
    completion: .documents)
  var key: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("The role's permissions boundary.", valueName: "file"),
    completion: .documents)
  var boundary: String?

  @Option(
    name: .long,
    help: ArgumentHelp("A service control policy.", valueName: "[level=]file"),
    completion: .documents)
  var scp: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp("A resource control policy.", valueName: "[level=]file"),
    completion: .documents)
  var rcp: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp("A policy of whoever starts the import.", valueName: "file"),
    completion: .documents)
  var callerPolicy: [String] = []

  @Argument(
    help: ArgumentHelp(
      "Anything else, recognised by its shape: a policy, an answer of the AWS CLI, a template, "
        + "a folder of them.",
      valueName: "file"),
    completion: .documents)
  var files: [String] = []

  /// Every document that was given, in a fixed order: by option, then by position.
  var uses: [DocumentArgument] {
    var uses: [DocumentArgument] = []
    for file in role { uses.append(DocumentArgument(file, as: .role)) }
    if let trust { uses.append(DocumentArgument(trust, as: .trust)) }
    if let bucket { uses.append(DocumentArgument(bucket, as: .bucket)) }
    for file in key { uses.append(DocumentArgument(key: file)) }
    if let boundary { uses.append(DocumentArgument(boundary, as: .boundary)) }
    for file in scp { uses.append(DocumentArgument(leveled: file) { .serviceControl(level: $0) }) }
    for file in rcp { uses.append(DocumentArgument(leveled: file) { .resourceControl(level: $0) }) }
    for file in callerPolicy { uses.append(DocumentArgument(file, as: .caller)) }
    for file in files { uses.append(DocumentArgument(file, as: .anything)) }
    return uses
  }
}

extension CompletionKind {
  /// Files that may hold a document.
  fileprivate static var documents: CompletionKind {
    .file(extensions: ["json", "yaml", "yml", "template"])
  }
}

/// One document as it was given: where it is, and as what.
struct DocumentArgument: Hashable, Sendable {
  /// Where a document is.
  enum Location: Hashable, Sendable {
    case path(String)
    /// `-`
    case input
    /// `none`: somebody says that there is no such document.
    case none
  }

  var location: Location
  var use: Document.Use

  /// A document without a name before it.
  init(_ text: String, as use: Document.Use) {
    self.use = use
    switch text {
    case "-": location = .input
    // A file of that name is still reached as `./none`.
    case "none" where use != .anything: location = .none
    default: location = .path(text)
    }
  }

  /// The value of `--key`: split at `=` only after an ARN, for a path may hold one too.
  init(key text: String) {
    guard text.utf8.starts(with: "arn:".utf8), let parts = Self.split(text) else {
      self.init(text, as: .key(arn: nil))
      return
    }
    self.init(parts.file, as: .key(arn: parts.name))
  }

  /// The value of `--scp` and `--rcp`: what stands before `=` is a level unless it has a slash, as
  /// only a path has.
  init(leveled text: String, as use: (String?) -> Document.Use) {
    guard let parts = Self.split(text), !parts.name.utf8.contains(UInt8(ascii: "/")) else {
      self.init(text, as: use(nil))
      return
    }
    self.init(parts.file, as: use(parts.name))
  }

  private static func split(_ text: String) -> (name: String, file: String)? {
    guard let at = text.utf8.firstIndex(of: UInt8(ascii: "=")), at > text.startIndex else {
      return nil
    }
    return (String(text[..<at]), String(text[text.index(after: at)...]))
  }
}
