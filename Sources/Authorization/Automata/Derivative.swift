extension Language {
  /// The language of what may follow once a text has been read; nil where nothing may.
  package func after(_ text: some Sequence<Symbol>) -> Language? {
    var language = self
    for symbol in text {
      guard let next = language.derivative(symbol) else { return nil }
      language = next
    }
    return language
  }

  /// The language of all texts whose first characters are of these sets, character by character.
  ///
  /// The characters of one set must not be told apart by the language itself.
  package func beginning(with sets: [ScalarSet]) -> Language? {
    var rest = self
    for set in sets {
      guard let first = set.ranges.first?.lowerBound, let next = rest.derivative(first) else {
        return nil
      }
      rest = next
    }
    return .sequence(sets.map(Language.one) + [rest])
  }

  private var acceptsNothing: Bool {
    switch self {
    case .one: false
    case .text(let text): text.isEmpty
    case .sequence(let parts): parts.allSatisfy(\.acceptsNothing)
    case .either(let choices): choices.contains(where: \.acceptsNothing)
    case .many: true
    }
  }

  private func derivative(_ symbol: Symbol) -> Language? {
    switch self {
    case .one(let set): return set.contains(symbol) ? .empty : nil
    case .text(let text):
      guard text.unicodeScalars.first?.value == symbol else { return nil }
      return .text(String(String.UnicodeScalarView(text.unicodeScalars.dropFirst())))
    case .sequence(let parts):
      var choices: [Language] = []
      for (index, part) in parts.enumerated() {
        if let rest = part.derivative(symbol) {
          let following = parts[(index + 1)...]
          choices.append(.sequence((rest == .empty ? [] : [rest]) + following))
        }
        guard part.acceptsNothing else { break }
      }
      return Language.choice(choices)
    case .either(let options): return Language.choice(options.compactMap { $0.derivative(symbol) })
    case .many(let repeated): return repeated.derivative(symbol).map { .sequence([$0, self]) }
    }
  }

  private static func choice(_ options: [Language]) -> Language? {
    guard options.count > 1 else { return options.first }
    var seen: Set<Language> = []
    let distinct = options.filter { seen.insert($0).inserted }
    return distinct.count > 1 ? .either(distinct) : distinct.first
  }
}
