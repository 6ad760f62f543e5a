// References inside plain strings, for what is a name or an ARN in every respect but one: a template
// has not decided it yet. Facts of a copy are such strings. U+FDD0 to U+FDD2 are noncharacters,
// which Unicode keeps for a program's internal use, so that no text of a document is taken for one.

/// The marks around a reference, as UTF-8.
private enum Mark {
  static let open: [UInt8] = [0xEF, 0xB7, 0x90]
  static let close: [UInt8] = [0xEF, 0xB7, 0x91]
  static let separator: [UInt8] = [0xEF, 0xB7, 0x92]
}

extension PolicyText {
  /// The text as one string, with each reference between marks that no document's text has.
  ///
  /// Such strings are equal where their references are the same. A reference never holds a colon
  /// or a slash, so that an ARN can be split at them. Unknown text is a reference to nothing, and
  /// equal to nothing that is known.
  package var encoded: String {
    guard case .segments(let segments) = self else { return literal ?? "" }
    var text: [UInt8] = []
    for segment in segments {
      switch segment {
      case .literal(let literal): text += literal.utf8
      case .symbol(let symbol):
        text += Mark.open
        text += symbol.resource.utf8.map(PolicyText.plain)
        text += Mark.separator
        text += symbol.attribute.utf8.map(PolicyText.plain)
        text += Mark.close
      case .unknown: text += Mark.open + Mark.close
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads a string made by `encoded`.
  package init(encoded text: String) {
    guard text.holdsReference else {
      self = .literal(text)
      return
    }
    var segments: [Segment] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let start = rest.firstIndex(of: Mark.open) ?? rest.endIndex
      if start > rest.startIndex {
        segments.append(.literal(String(decoding: rest[..<start], as: UTF8.self)))
      }
      guard start < rest.endIndex else { break }
      rest = rest[start...].dropFirst(Mark.open.count)
      let end = rest.firstIndex(of: Mark.close) ?? rest.endIndex
      segments.append(PolicyText.reference(rest[..<end]))
      rest = rest[end...].dropFirst(Mark.close.count)
    }
    self = .segments(segments)
  }

  private static func reference(_ name: ArraySlice<UInt8>) -> Segment {
    guard let middle = name.firstIndex(of: Mark.separator) else {
      return .unknown(reason: "the template leaves it open")
    }
    return .symbol(
      Symbol(
        resource: String(decoding: name[..<middle], as: UTF8.self),
        attribute: String(
          decoding: name[middle...].dropFirst(Mark.separator.count), as: UTF8.self)))
  }

  private static func plain(_ byte: UInt8) -> UInt8 {
    byte == UInt8(ascii: ":") || byte == UInt8(ascii: "/") ? UInt8(ascii: ".") : byte
  }
}

extension ArraySlice<UInt8> {
  fileprivate func firstIndex(of mark: [UInt8]) -> Int? {
    var index = startIndex
    while index + mark.count <= endIndex {
      if self[index] == mark[0], self[index..<(index + mark.count)].elementsEqual(mark) {
        return index
      }
      index += 1
    }
    return nil
  }
}

extension String {
  /// Whether the string holds a reference as `PolicyText.encoded` writes it.
  package var holdsReference: Bool {
    hasByte(0xEF) && Array(utf8)[...].firstIndex(of: Mark.open) != nil
  }

  /// The string as people read it: references as `${Resource.Attribute}`.
  package var withReadableReferences: String {
    holdsReference ? PolicyText(encoded: self).description : self
  }
}
