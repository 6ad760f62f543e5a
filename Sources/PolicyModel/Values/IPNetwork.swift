/// An IP address or a range of them in CIDR notation.
///
/// IAM User Guide, "Condition operators", section "IP address condition operators": the standard
/// CIDR format; an address without a prefix length stands for itself alone.
package struct IPNetwork: Hashable, Sendable {
  /// Which addresses there are; no range holds addresses of the other family.
  package enum Family: Hashable, Sendable {
    case version4
    case version6

    /// How many bits an address has.
    package var bits: Int {
      switch self {
      case .version4: 32
      case .version6: 128
      }
    }
  }

  /// The addresses' family.
  package let family: Family
  /// The first address; bits after the prefix are zero.
  package let address: UInt128
  /// How many leading bits all addresses share.
  package let prefixLength: Int

  /// Reads an address or a range; nil where the text is neither.
  package init?(_ text: String) {
    var cursor = ByteCursor(text)
    let family: Family
    let address: UInt128
    if text.utf8.contains(UInt8(ascii: ":")) {
      guard let found = Self.takeVersion6(&cursor) else { return nil }
      family = .version6
      address = found
    } else {
      guard let found = Self.takeVersion4(&cursor) else { return nil }
      family = .version4
      address = UInt128(found)
    }
    var length = family.bits
    if cursor.take("/") {
      guard let written = cursor.takeNumber(digits: 1...3), written <= family.bits else {
        return nil
      }
      length = written
    }
    guard cursor.isAtEnd else { return nil }
    self.family = family
    self.prefixLength = length
    self.address = address & Self.mask(length, of: family)
  }

  /// Whether every address of the other range is one of this range.
  package func contains(_ other: IPNetwork) -> Bool {
    family == other.family && prefixLength <= other.prefixLength
      && other.address & Self.mask(prefixLength, of: family) == address
  }

  private static func mask(_ length: Int, of family: Family) -> UInt128 {
    let all = family.bits == 128 ? UInt128.max : (UInt128(1) << UInt128(family.bits)) - 1
    // A shift by all 128 bits gives zero, as it should.
    return all & ~((UInt128(1) << UInt128(family.bits - length)) &- 1)
  }

  private static func takeVersion4(_ cursor: inout ByteCursor) -> UInt32? {
    var address: UInt32 = 0
    for position in 0..<4 {
      guard position == 0 || cursor.take("."),
        let part = cursor.takeNumber(digits: 1...3), part <= 255
      else { return nil }
      address = address << 8 | UInt32(part)
    }
    return address
  }

  /// Takes up to eight groups, with at most one `::` and perhaps an IPv4 address at the end
  /// (RFC 4291, section 2.2).
  private static func takeVersion6(_ cursor: inout ByteCursor) -> UInt128? {
    var groups: [UInt16] = []
    var gap: Int?
    if cursor.take(":") {
      guard cursor.take(":") else { return nil }
      gap = 0
    }
    while groups.count < 8 {
      var ahead = cursor
      if groups.count <= 6, let address = takeVersion4(&ahead) {
        cursor = ahead
        groups += [UInt16(address >> 16), UInt16(address & 0xFFFF)]
        break
      }
      guard let group = takeGroup(&cursor) else { break }
      groups.append(group)
      guard cursor.take(":") else { break }
      if cursor.take(":") {
        guard gap == nil else { return nil }
        gap = groups.count
      } else if cursor.isAtEnd || cursor.next == UInt8(ascii: "/") || groups.count == 8 {
        return nil
      }
    }
    guard gap == nil ? groups.count == 8 : groups.count < 8 else { return nil }
    if let gap {
      groups.insert(contentsOf: repeatElement(0, count: 8 - groups.count), at: gap)
    }
    return groups.reduce(0) { $0 << 16 | UInt128($1) }
  }

  private static func takeGroup(_ cursor: inout ByteCursor) -> UInt16? {
    var group: UInt16 = 0
    var count = 0
    while count < 4, let digit = cursor.takeHexadecimalDigit() {
      group = group << 4 | UInt16(digit)
      count += 1
    }
    return count > 0 ? group : nil
  }
}
