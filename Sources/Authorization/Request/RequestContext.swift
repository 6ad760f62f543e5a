package import PolicyModel

/// What is known of one condition key of a request.
public struct ContextValue: Sendable, Hashable {
  /// Whether the request carries the key.
  public enum Presence: Sendable, Hashable {
    case present
    case absent
    /// Nobody can know.
    case unknown
  }

  /// The values the key may have.
  package enum Values: Sendable, Hashable {
    /// All values of the key: one, or several for a multivalued key.
    case exactly([RequestText])
    /// One value, which is one of these.
    case oneOf([RequestText])
    /// Any moment from the first to the second.
    case moment(from: Timestamp, to: Timestamp)
    /// Any value or values.
    case anything
  }

  /// Whether the request carries the key.
  public var presence: Presence
  /// The values it may have where it is present.
  package var values: Values
  /// Whether the key can hold several values at once.
  public var isMultivalued: Bool

  package init(_ presence: Presence, _ values: Values, isMultivalued: Bool = false) {
    self.presence = presence
    self.values = values
    self.isMultivalued = isMultivalued
  }

  /// The request does not carry the key.
  public static let absent = ContextValue(.absent, .anything)
  /// Nothing is known of the key.
  public static let unknown = ContextValue(.unknown, .anything)
  /// The request carries the key, with some value.
  public static let presentWithAnyValue = ContextValue(.present, .anything)

  /// The request carries the key with this value.
  public static func value(_ text: String) -> ContextValue {
    ContextValue(.present, .exactly([RequestText(text)]))
  }

  package static func value(_ text: RequestText) -> ContextValue {
    ContextValue(.present, .exactly([text]))
  }

  /// The same value with a text for the free string.
  func fixing(_ free: [Symbol]) -> ContextValue {
    guard case .exactly(let texts) = values, texts.contains(where: \.isFree) else { return self }
    var fixed = self
    fixed.values = .exactly(texts.map { $0.fixing(free) })
    return fixed
  }
}

/// The condition keys of a request.
public struct RequestContext: Sendable, Hashable {
  /// A key's name as people write it and what is known of it.
  public struct Entry: Sendable, Hashable {
    /// The name in the spelling to show.
    public var name: String
    /// What is known of the key.
    public var value: ContextValue
  }

  /// By the key's name in lower case: names are case-insensitive (IAM User Guide, "Condition").
  public private(set) var entries: [String: Entry]
  /// What is known of keys that are not listed.
  public var unlisted: ContextValue

  /// Makes a context without entries.
  public init(unlisted: ContextValue) {
    entries = [:]
    self.unlisted = unlisted
  }

  /// What is known of a key, by its name in any case.
  public subscript(name: String) -> ContextValue {
    get { entries[RequestContext.folded(name)]?.value ?? unlisted }
    set { entries[RequestContext.folded(name)] = Entry(name: name, value: newValue) }
  }

  /// What is known of a key, by its name in lower case.
  subscript(folded name: String) -> ContextValue { entries[name]?.value ?? unlisted }

  /// Makes room for keys.
  package mutating func reserveCapacity(_ count: Int) { entries.reserveCapacity(count) }

  /// Whether a key is listed, by its name in lower case.
  package func contains(folded name: String) -> Bool { entries[name] != nil }

  /// Adds a key; false where it is listed already.
  package mutating func insert(_ value: ContextValue, named name: String) -> Bool {
    let folded = RequestContext.folded(name)
    guard entries[folded] == nil else { return false }
    entries[folded] = Entry(name: name, value: value)
    return true
  }

  /// The name as the context spells it.
  package func spelling(of name: String) -> String {
    entries[RequestContext.folded(name)]?.name ?? name
  }

  package static func folded(_ name: String) -> String {
    var name = name
    let folded =
      name.withUTF8 { bytes -> String? in
        // Counting instead of leaving early lets the loop run on vectors.
        var capitals = 0
        for position in bytes.indices {
          capitals &+= unsafe bytes[position] &- 0x41 < 26 ? 1 : 0
        }
        guard capitals > 0 else { return nil }
        return unsafe String(unsafeUninitializedCapacity: bytes.count) { folded in
          for position in bytes.indices {
            let byte = unsafe bytes[position]
            unsafe folded[position] = byte &- 0x41 < 26 ? byte + 0x20 : byte
          }
          return bytes.count
        }
      }
    return folded ?? name
  }

  func fixing(_ free: [Symbol]) -> RequestContext {
    var fixed = self
    for (key, entry) in entries { fixed.entries[key]?.value = entry.value.fixing(free) }
    return fixed
  }
}
