/// A value to be written as JSON or YAML, its members in the order they are written in.
package indirect enum DraftValue: Sendable, Hashable {
  case text(String)
  case list([DraftValue])
  case object([Member])

  /// A name and its value.
  package struct Member: Sendable, Hashable {
    var name: String
    var value: DraftValue
  }

  /// One text as itself, several as a list.
  static func oneOrMany(_ texts: [String]) -> DraftValue {
    if let text = texts.first, texts.count == 1 { return .text(text) }
    return .list(texts.map { .text($0) })
  }
}

extension DraftValue: ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .text(value) }

  package init(arrayLiteral elements: DraftValue...) { self = .list(elements) }

  package init(dictionaryLiteral elements: (String, DraftValue)...) {
    self = .object(elements.map { Member(name: $0.0, value: $0.1) })
  }
}
