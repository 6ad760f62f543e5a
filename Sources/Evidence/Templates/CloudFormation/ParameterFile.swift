import PolicyModel

/// The values of a template's parameters, as people keep them in a file.
///
/// The AWS CLI takes a list of `ParameterKey` and `ParameterValue`; a pipeline's template configuration
/// has them under `Parameters`, a deployment file of Git sync under `parameters`: AWS CloudFormation
/// User Guide, "CloudFormation artifacts" and "Git sync".
struct ParameterFile {
  /// The values in the order they stand.
  let values: [(name: String, value: Said<String>)]

  static let name = "a CloudFormation parameter file"

  /// Reads a file; nil where it is none.
  init?(_ root: Node) {
    if root.kind == .array {
      guard root.count > 0, root.elements.allSatisfy({ $0.has("ParameterKey") }) else { return nil }
      values = root.elements.compactMap { entry in
        guard let name = entry["ParameterKey"]?.scalarText, let value = entry["ParameterValue"]
        else {
          return nil
        }
        return Self.said(name, value)
      }
      return
    }
    guard root.kind == .object, !root.has("Resources"), !root.has("Transform") else { return nil }
    let names = Set(root.members.map(\.name))
    let map: Node?
    if names.isSubset(of: ["Parameters", "Tags", "StackPolicy"]) {
      map = root["Parameters"]
    } else if names.contains("template-file-path") {
      map = root["parameters"]
    } else {
      map = nil
    }
    guard let map, map.kind == .object, map.count > 0,
      map.members.allSatisfy({ $0.value.scalarText != nil })
    else { return nil }
    values = map.members.compactMap { Self.said($0.name, $0.value) }
  }

  private static func said(_ name: String, _ value: Node) -> (String, Said<String>)? {
    value.scalarText.map { (name, Said($0, by: Self.name, at: value.place)) }
  }

  // MARK: - Before templates are read

  /// The parameter file in a document; nil in every other, most of which are not parsed for it.
  init?(_ document: Document) {
    guard document.use == .anything, case .text(let source) = document.content,
      source.text.count <= Limits.parameterFileBytes,
      Self.words.contains(where: { source.text.firstRange(ofBytes: $0) != nil }),
      let root = try? Tree.parse(source).root
    else { return nil }
    self.init(root)
  }

  private static let words = ["Parameter", "template-file-path"].map {
    Array($0.utf8)
  }
}

extension Shape {
  /// Values for the parameters of templates, which were read before them.
  static let parameterFile = Shape(
    ParameterFile.name, matches: { ParameterFile($0) != nil }, read: { _, _ in })
}

extension Deployment {
  /// Takes the values of parameter files; of two that differ the first, which is said.
  mutating func take(_ files: [ParameterFile]) {
    var known: [String: Said<String>] = [:]
    for (name, value) in files.flatMap(\.values) {
      guard let first = known[name] else {
        known[name] = value
        continue
      }
      guard first.value != value.value, parameters[name] == nil else { continue }
      findings.append(
        .disagreement(
          on: "the parameter `\(name)`", value, first, help: "say which with `--parameter`"))
    }
    for (name, value) in known where parameters[name] == nil { parameters[name] = value.value }
  }
}
