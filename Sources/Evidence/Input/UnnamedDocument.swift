package import PolicyModel

/// What a document is to a run that nobody told about it, such as one that a commit changes.
///
/// A repository is full of JSON and YAML that is not about AWS, and some of it breaks the rules of
/// both: what is not known here is nobody's mistake.
package struct UnnamedDocument: Sendable {
  private let source: Source
  private let root: Node
  private let shape: Shape

  /// Recognises a document; nil where it is none we know, or cannot be read.
  package init?(_ source: Source) {
    guard let tree = try? Tree.parse(source), let shape = Shape.recognising(tree.root) else {
      return nil
    }
    if shape.name == Shape.policy.name || shape.name == Shape.policyText.name {
      guard Self.holdsPolicy(tree.root) else { return nil }
    }
    self.source = source
    self.shape = shape
    root = tree.root
  }

  /// Whether a text can hold a policy at all, told without parsing it.
  package static func mayHoldPolicy(_ source: Source) -> Bool {
    source.text.firstRange(ofBytes: Array("Statement".utf8)) != nil
  }

  /// Whether it speaks of CloudTrail or of where its log files lie, as some document of every copy
  /// does.
  package var speaksOfTrails: Bool {
    let text = source.text.map { $0 | 0x20 }
    return ["cloudtrail", "awslogs"].contains { text.firstRange(ofBytes: Array($0.utf8)) != nil }
  }

  /// What is wrong with the policy that it carries, whoever it is for; nothing where it carries none.
  package var policyFindings: [Finding] {
    guard carriesPolicy else { return [] }
    var input = CopyInput(name: "", asOf: Timestamp(seconds: 0))
    input.documents.append(Document(source, as: .anything))
    return CopyPlan(assembling: input).findings.filter { $0.rule != "documents-disagree" }.map {
      var finding = $0
      finding.copy = nil
      return finding
    }
  }

  /// Whether it is a policy, or an answer that has one in it.
  package var carriesPolicy: Bool { !shape.carries.isEmpty }

  /// Whether statements are what a policy's are; `Statement` is a word of other programs too.
  private static func holdsPolicy(_ root: Node) -> Bool {
    var document = root
    if let text = root["Policy"], text.kind == .string {
      guard let embedded = try? text.embeddedDocument() else { return false }
      document = embedded.root
    }
    return document["Statement"]?.oneOrMany.contains { statement in
      ["Effect", "Action", "NotAction"].contains { statement.has($0) }
    } ?? false
  }
}
