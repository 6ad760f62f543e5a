/// A pattern as a list of pieces, matched by plain recursion.
enum PlainPiece: Hashable, Sendable {
  case character(Unicode.Scalar)
  /// `?`
  case one
  /// `*`
  case many
  /// A `*` or `?` that stays within its part of an ARN.
  case oneInPart
  case manyInPart
  /// A variable nobody knows.
  case unknown
}

/// How a string of a policy is read.
enum PlainSyntax {
  case exact
  case wildcards
  case resource
  case arn
}

/// Whether the pattern matches the whole text.
///
/// - Parameter unknownMatches: whether a piece nobody knows is taken to match anything, or nothing.
func plainMatch(
  _ pattern: ArraySlice<PlainPiece>, _ text: ArraySlice<Unicode.Scalar>, unknownMatches: Bool
) -> Bool {
  guard let piece = pattern.first else { return text.isEmpty }
  let rest = pattern.dropFirst()
  switch piece {
  case .character(let wanted):
    return text.first == wanted
      && plainMatch(rest, text.dropFirst(), unknownMatches: unknownMatches)
  case .one:
    return !text.isEmpty && plainMatch(rest, text.dropFirst(), unknownMatches: unknownMatches)
  case .oneInPart:
    return text.first != nil && text.first != ":"
      && plainMatch(rest, text.dropFirst(), unknownMatches: unknownMatches)
  case .unknown where !unknownMatches: return false
  case .many, .unknown, .manyInPart:
    var tail = text
    while true {
      if plainMatch(rest, tail, unknownMatches: unknownMatches) { return true }
      guard let next = tail.popFirst() else { return false }
      if piece == .manyInPart, next == ":" { return false }
    }
  }
}

/// The answer with everything that nobody knows counted both ways.
func plainAnswer(_ pattern: [PlainPiece], _ text: [Unicode.Scalar]) -> Answer {
  if plainMatch(pattern[...], text[...], unknownMatches: false) { return .yes }
  return plainMatch(pattern[...], text[...], unknownMatches: true) ? .open : .no
}

/// The pieces of a policy's string for a context.
///
/// IAM User Guide, "IAM policy elements: Variables and tags": variables exist in 2012-10-17, stand
/// behind the fifth colon of a resource, have defaults, and name keys with a single value; one
/// without a value matches nothing (nil).
func plainPieces(
  _ text: String, _ syntax: PlainSyntax, isNew: Bool, _ context: PlainContext
) -> [PlainPiece]? {
  var pieces: [PlainPiece] = []
  let scalars = Array(text.unicodeScalars)
  var colons = 0
  var index = 0
  while index < scalars.count {
    let scalar = scalars[index]
    if isNew, scalar == "$", index + 1 < scalars.count, scalars[index + 1] == "{",
      let end = scalars[index...].firstIndex(of: "}")
    {
      let name = String(String.UnicodeScalarView(scalars[(index + 2)..<end]))
      index = end + 1
      if ["*", "?", "$"].contains(name) {
        pieces += name.unicodeScalars.map(PlainPiece.character)
      } else if syntax == .resource, colons < 5 {
        pieces.append(.unknown)
      } else {
        guard let value = plainVariable(name, context) else { return nil }
        pieces += value
      }
      continue
    }
    let isEarly = (syntax == .resource || syntax == .arn) && colons < 5
    switch scalar {
    case "*" where syntax != .exact:
      let endsPart = index + 1 == scalars.count || scalars[index + 1] == ":"
      let staysInPart = isEarly && !(syntax == .resource && endsPart)
      pieces.append(staysInPart ? .manyInPart : .many)
    case "?" where syntax != .exact: pieces.append(isEarly ? .oneInPart : .one)
    case ":":
      colons += 1
      pieces.append(.character(":"))
    default: pieces.append(.character(scalar))
    }
    index += 1
  }
  return pieces
}

private func plainVariable(_ content: String, _ context: PlainContext) -> [PlainPiece]? {
  let parts = content.split(separator: ", ", maxSplits: 1)
  let name = parts.first.map(String.init) ?? ""
  let fallback = parts.count == 2 ? String(parts[1].dropFirst().dropLast()) : nil
  let key = context[name]
  switch key.presence {
  case .unknown: return [.unknown]
  case .absent: return fallback.map { $0.unicodeScalars.map(PlainPiece.character) }
  case .present:
    if key.isMultivalued { return nil }
    guard case .all(let values) = key.values, values.count == 1 else { return [.unknown] }
    return values[0].unicodeScalars.map(PlainPiece.character)
  }
}

/// The keys of a request by their names in lower case.
struct PlainContext: Sendable {
  var keys: [String: PlainKey] = [:]
  var unlisted = PlainKey(presence: .absent, values: .any)

  subscript(name: String) -> PlainKey { keys[name.lowercased()] ?? unlisted }
}
