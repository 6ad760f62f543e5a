import PolicyModel

extension Refusal {
  /// The refusal of a word that is none of those an option takes.
  init(unknown word: String, of option: String, known: [String]) {
    let quoted = known.map { "`\($0)`" }
    let list = quoted.dropLast().joined(separator: ", ") + " and " + (quoted.last ?? "")
    self.init(
      "`\(option)` does not know `\(word)`",
      help: suggestion(for: word, among: known).map { "did you mean `\($0)`?" }
        ?? "it takes \(list)")
  }
}
