import PolicyModel

extension TemplateResolver {
  /// `Fn::Join`: `[delimiter, list]`.
  mutating func joined(_ node: Node) -> TemplateValue {
    let parts = Array(node.elements)
    guard parts.count == 2, let delimiter = text(of: parts[0])?.literal,
      let items = elements(of: resolve(parts[1]))
    else { return .unknown("`Fn::Join` has a list that cannot be resolved") }
    var texts: [PolicyText] = []
    for item in items {
      if case .nothing = item { continue }
      guard let text = text(of: item) else {
        return .unknown("`Fn::Join` has a list that cannot be resolved")
      }
      if !texts.isEmpty { texts.append(.literal(delimiter)) }
      texts.append(text)
    }
    return .text(Self.concatenated(texts))
  }

  /// `Fn::Select`: `[index, list]`.
  mutating func selected(_ node: Node) -> TemplateValue {
    let parts = Array(node.elements)
    guard parts.count == 2, let index = text(of: parts[0])?.literal.flatMap({ Int($0) }),
      let items = elements(of: resolve(parts[1])), items.indices.contains(index)
    else { return .unknown("`Fn::Select` cannot be resolved") }
    return items[index]
  }

  /// `Fn::Split`: `[delimiter, text]`.
  mutating func split(_ node: Node) -> TemplateValue {
    let parts = Array(node.elements)
    guard parts.count == 2, let delimiter = text(of: parts[0])?.literal, !delimiter.isEmpty,
      let text = text(of: parts[1])
    else { return .unknown("`Fn::Split` cannot be resolved") }
    var pieces: [[PolicyText]] = [[]]
    for segment in text.segments {
      switch segment {
      case .literal(let literal):
        for (number, piece) in literal.separated(by: delimiter).enumerated() {
          if number > 0 { pieces.append([]) }
          pieces[pieces.count - 1].append(.literal(piece))
        }
      case .symbol(let symbol):
        // Ids and names of resources hold no slash and no colon; a parameter may hold anything.
        guard delimiter == "/" || delimiter == ":", symbol.attribute != "Value" else {
          return .unknown("`Fn::Split` splits a text that is known only at deployment")
        }
        pieces[pieces.count - 1].append(.segments([segment]))
      case .unknown: return .unknown("`Fn::Split` splits a text that is not known")
      }
    }
    return .list(pieces.map { .text(Self.concatenated($0)) })
  }

  /// `Fn::FindInMap`: `[map, first key, second key]`, with a default perhaps.
  mutating func found(_ node: Node) -> TemplateValue {
    let parts = Array(node.elements)
    guard parts.count >= 3, let map = text(of: parts[0])?.literal,
      let first = text(of: parts[1])?.literal, let second = text(of: parts[2])?.literal
    else { return .unknown("`Fn::FindInMap` looks up a key that is known only at deployment") }
    if let value = template["Mappings"]?[named: map]?[named: first]?[named: second] {
      return .constant(value)
    }
    if parts.count > 3, let fallback = parts[3]["DefaultValue"] { return resolve(fallback) }
    return .unknown("`Mappings` has no `\(map)` for `\(first)` and `\(second)`")
  }

  /// `Fn::If`: `[condition, value, other value]`.
  mutating func chosen(_ node: Node) -> TemplateValue {
    let parts = Array(node.elements)
    guard parts.count == 3, let name = parts[0].scalarText else {
      return .unknown("`Fn::If` names no condition")
    }
    switch holds(name) {
    case true?: return resolve(parts[1])
    case false?: return resolve(parts[2])
    case nil:
      if let left = text(of: parts[1])?.factName, let right = text(of: parts[2])?.factName,
        left == right
      {
        return resolve(parts[1])
      }
      return .unknown("it depends on the condition `\(name)`")
    }
  }

  /// `Fn::ImportValue`: what another stack exports, the same wherever it is imported.
  mutating func imported(_ intrinsic: Intrinsic) -> TemplateValue {
    let name = text(of: resolve(intrinsic.argument, ignoringTag: intrinsic.isTag))
    guard let name = name?.literal else {
      return .unknown("it is imported from another stack")
    }
    return .text(Self.symbol("ImportValue", name))
  }

  /// `Fn::Sub`: a text with `${Name}` in it, with values of its own perhaps.
  mutating func substituted(_ node: Node) -> TemplateValue {
    let parts = node.kind == .array ? Array(node.elements) : [node]
    guard let template = parts.first?.scalarText else {
      return .unknown("`Fn::Sub` has no text")
    }
    let own = parts.count > 1 ? parts[1] : nil
    var texts: [PolicyText] = []
    for piece in SubstitutionPieces(template) {
      switch piece {
      case .literal(let text): texts.append(Self.literal(text))
      case .name(let name):
        guard let text = value(named: name, in: own) else {
          return .unknown("`${\(name)}` is no text")
        }
        texts.append(text)
      }
    }
    return .text(Self.concatenated(texts))
  }

  private mutating func value(named name: String, in own: Node?) -> PolicyText? {
    if let value = own?[named: name] { return text(of: value) }
    if let dot = name.firstIndex(of: "."), !name.hasPrefix("AWS::") {
      return text(
        of: attribute(String(name[name.index(after: dot)...]), of: String(name[..<dot])))
    }
    return text(of: reference(named: name))
  }
}

/// The pieces of a `Fn::Sub` text: what stands there, and the names between `${` and `}`.
private struct SubstitutionPieces: Sequence, IteratorProtocol {
  enum Piece {
    case literal(String)
    case name(String)
  }

  private var rest: Substring.UTF8View

  init(_ text: String) { rest = text[...].utf8 }

  mutating func next() -> Piece? {
    guard !rest.isEmpty else { return nil }
    let opening = Array("${".utf8)
    guard rest.starts(with: opening), let end = rest.firstIndex(of: UInt8(ascii: "}")) else {
      let from = rest.starts(with: opening) ? rest.index(after: rest.startIndex) : rest.startIndex
      let next = rest[from...].firstRange(of: opening)?.lowerBound ?? rest.endIndex
      defer { rest = rest[next...] }
      return .literal(String(Substring(rest[..<next])))
    }
    let name = rest[..<end].dropFirst(2)
    rest = rest[rest.index(after: end)...]
    // `${!Name}` is how a template writes `${Name}`.
    if name.first == UInt8(ascii: "!") {
      return .literal("${\(String(Substring(name.dropFirst())))}")
    }
    return .name(String(Substring(name)).trimmed)
  }
}

extension String {
  /// The text without spaces around it.
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  /// The parts between delimiters; at least one.
  fileprivate func separated(by delimiter: String) -> [String] {
    var parts: [String] = []
    var rest = self[...].utf8
    while let range = rest.firstRange(of: delimiter.utf8) {
      parts.append(String(Substring(rest[..<range.lowerBound])))
      rest = rest[range.upperBound...]
    }
    parts.append(String(Substring(rest)))
    return parts
  }
}
