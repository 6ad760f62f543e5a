/// Decides conditions as the IAM User Guide describes them.
///
/// See "IAM JSON policy elements: Condition operators" and the page on multivalued context keys.
/// What nobody knows is tried out: every world a key may be in, over a small universe of values.
func plainHolds(_ condition: PlainCondition, isNew: Bool, _ context: PlainContext) -> Answer {
  let key = context[condition.key]
  return .oneOf(
    plainWorlds(of: key, for: condition, isNew: isNew, context).map { values in
      plainHolds(condition, values, isMultivalued: key.isMultivalued, isNew: isNew, context)
    })
}

/// The sets of values a key may have; nil where it is absent.
private func plainWorlds(
  of key: PlainKey, for condition: PlainCondition, isNew: Bool, _ context: PlainContext
) -> [[String]?] {
  var worlds: [[String]?] = []
  if key.presence != .present { worlds.append(nil) }
  if key.presence != .absent {
    switch key.values {
    case .all(let values): worlds.append(values)
    case .one(let values): worlds += values.map { [$0] }
    case .any:
      // Of a key that is known to be present, some value is taken for granted.
      if condition.base == "Null" {
        worlds.append(["~"])
        break
      }
      let universe = plainUniverse(of: condition, isNew: isNew, context)
      worlds += universe.map { [$0] }
      if key.isMultivalued {
        worlds.append([])
        worlds += universe.flatMap { left in universe.map { [left, $0] } }
      }
    }
  }
  return worlds
}

/// Values that tell apart whatever the condition can: some that its patterns match, some that not.
private func plainUniverse(
  of condition: PlainCondition, isNew: Bool, _ context: PlainContext
) -> [String] {
  var values = ["", "~", "~:~:~:~:~:~"]
  let syntax: PlainSyntax =
    condition.base.hasPrefix("Arn")
    ? .arn : condition.base.hasSuffix("Like") ? .wildcards : .exact
  for value in condition.values {
    guard let pieces = plainPieces(value, syntax, isNew: isNew, context) else { continue }
    for star in ["", "Q", "Q/Q"] {
      var text = ""
      for piece in pieces {
        switch piece {
        case .character(let scalar): text.unicodeScalars.append(scalar)
        case .many, .manyInPart, .unknown: text += star
        case .one, .oneInPart: text += "Q"
        }
      }
      values += [text, text.uppercased()]
    }
  }
  return values
}

private func plainHolds(
  _ condition: PlainCondition, _ values: [String]?, isMultivalued: Bool, isNew: Bool,
  _ context: PlainContext
) -> Answer {
  let isNullDataset = values == [] || values == [""]
  if condition.base == "Null" {
    // A set operator with Null is not described; an empty value is null on one page and a value on
    // the other.
    if condition.quantifier != .none || isNullDataset { return .open }
    return .any(
      condition.values.map { value in
        guard let wantsAbsent = PlainValue.boolean(value) else { return .open }
        return Answer(wantsAbsent == (values == nil))
      })
  }
  guard let values else {
    switch condition.quantifier {
    case .all: return .yes
    case .any: return condition.ifExists ? .open : .no
    case .none: return Answer(condition.ifExists || condition.base.contains("Not"))
    }
  }
  // What an empty list means is not described, whatever it is compared with.
  if condition.values.isEmpty { return .open }
  func holds(_ value: String) -> Answer {
    let matches = Answer.any(
      condition.values.map { plainCompare(value, condition.base, $0, isNew: isNew, context) })
    return condition.base.contains("Not") ? matches.not : matches
  }
  switch condition.quantifier {
  case .all: return isNullDataset ? .yes : .all(values.map(holds))
  case .any: return isNullDataset ? .no : .any(values.map(holds))
  case .none: return isMultivalued || values.count != 1 ? .open : holds(values[0])
  }
}

/// The positive comparison of one value of the request with one of the policy.
private func plainCompare(
  _ value: String, _ base: String, _ wanted: String, isNew: Bool, _ context: PlainContext
) -> Answer {
  let text = Array(value.unicodeScalars)
  func pieces(_ syntax: PlainSyntax) -> [PlainPiece]? {
    plainPieces(wanted, syntax, isNew: isNew, context)
  }
  switch base {
  case "StringEquals", "StringNotEquals":
    return pieces(.exact).map { plainAnswer($0, text) } ?? .no
  case "StringLike", "StringNotLike":
    return pieces(.wildcards).map { plainAnswer($0, text) } ?? .no
  case "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase":
    guard let pieces = pieces(.exact) else { return .no }
    let folded = plainAnswer(pieces.map(\.folded), text.map(\.folded))
    let isASCII = text.allSatisfy(\.isASCII) && pieces.allSatisfy(\.isASCII)
    return isASCII || folded == .yes ? folded : .open
  case "ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike":
    return pieces(.arn).map { plainCompareARN(value, $0) } ?? .no
  case "Bool":
    guard let wanted = PlainValue.boolean(wanted), let value = PlainValue.boolean(value) else {
      return .open
    }
    return Answer(wanted == value)
  case "BinaryEquals":
    guard let wanted = PlainValue.bytes(wanted), let value = PlainValue.bytes(value) else {
      return .open
    }
    return Answer(wanted == value)
  case "IpAddress", "NotIpAddress": return plainCompareAddress(value, wanted)
  default:
    let order =
      base.hasPrefix("Date")
      ? PlainValue.compareDates(value, wanted) : PlainValue.compareNumbers(value, wanted)
    guard let order else { return .open }
    if base.hasSuffix("LessThan") { return Answer(order < 0) }
    if base.hasSuffix("LessThanEquals") { return Answer(order <= 0) }
    if base.hasSuffix("GreaterThan") { return Answer(order > 0) }
    if base.hasSuffix("GreaterThanEquals") { return Answer(order >= 0) }
    return Answer(order == 0)
  }
}

private func plainCompareAddress(_ value: String, _ wanted: String) -> Answer {
  guard let wanted = PlainValue.network(wanted), let value = PlainValue.network(value) else {
    return .open
  }
  func isWithin(_ length: Int) -> Bool {
    wanted.bits.count == value.bits.count && value.length >= length
      && wanted.bits.prefix(length) == value.bits.prefix(length)
  }
  if isWithin(wanted.length) { return .yes }
  // "IAM uses the default prefix value of /32", it says, of any address.
  return wanted.isBare && isWithin(32) ? .open : .no
}

/// Six parts, each by itself; what fewer parts mean is not described.
private func plainCompareARN(_ value: String, _ pieces: [PlainPiece]) -> Answer {
  let wanted = pieces.split(
    separator: .character(":"), maxSplits: 5, omittingEmptySubsequences: false)
  let given = Array(value.unicodeScalars).split(
    separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
  guard wanted.count == 6, given.count == 6 else { return .open }
  return .all(zip(wanted, given).map { plainAnswer(Array($0), Array($1)) })
}

extension Unicode.Scalar {
  fileprivate var folded: Unicode.Scalar {
    ("A"..."Z").contains(self) ? Unicode.Scalar(value + 32) ?? self : self
  }
}

extension PlainPiece {
  fileprivate var folded: PlainPiece {
    if case .character(let scalar) = self { .character(scalar.folded) } else { self }
  }

  fileprivate var isASCII: Bool {
    if case .character(let scalar) = self { scalar.isASCII } else { true }
  }
}
