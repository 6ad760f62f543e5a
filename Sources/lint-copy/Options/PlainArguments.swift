/// Arguments in their plainest form: files, flags and options with a value behind them.
///
/// The parser learns the options of a command by reflection, which takes longer than the rest of a
/// run. Nearly every run is called with options in this form, for which that is not needed; whatever
/// else a command line holds is left to the parser, which says what is wrong with it
/// (`docs/decisions/0004-plain-arguments.md`).
struct PlainArguments {
  private struct Entry {
    var name: String
    /// Nil for a flag.
    var value: String?
    var isTaken = false
  }

  private var entries: [Entry] = []
  /// What is neither an option nor the value of one.
  private(set) var files: [String] = []
  /// Whether something was asked for that is not in its plain form.
  private var isAmbiguous = false

  /// Reads arguments; nil where one is not in its plain form.
  ///
  /// - Parameters:
  ///   - flags: the names that no value follows.
  ///   - commands: what is a command where a file could stand.
  init?(_ arguments: [String], flags: [String], commands: [String]) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard Self.isName(argument) else {
        guard !commands.contains(argument) else { return nil }
        files.append(argument)
        continue
      }
      if flags.contains(argument) {
        entries.append(Entry(name: argument, value: nil))
      } else {
        guard let value = rest.popFirst(), !value.utf8.starts(with: "-".utf8) else { return nil }
        entries.append(Entry(name: argument, value: value))
      }
    }
  }

  /// Whether an argument is an option, or something else that only the parser knows.
  private static func isName(_ argument: String) -> Bool {
    argument.utf8.starts(with: "-".utf8) && argument != "-"
  }

  /// Whether every argument was asked for, and each meant one thing.
  var areUnderstood: Bool { !isAmbiguous && entries.allSatisfy(\.isTaken) }

  /// Takes the value of an option that is given once.
  mutating func value(_ name: String) -> String? {
    let values = values(name)
    if values.count > 1 { isAmbiguous = true }
    return values.first
  }

  /// Takes the values of an option that may be repeated.
  mutating func values(_ name: String) -> [String] {
    var values: [String] = []
    for index in entries.indices where entries[index].name == name {
      guard let value = entries[index].value else { continue }
      entries[index].isTaken = true
      values.append(value)
    }
    return values
  }

  /// Takes a flag by any of its names.
  mutating func flag(_ names: String...) -> Bool {
    var isSet = false
    for index in entries.indices where entries[index].value == nil {
      guard names.contains(entries[index].name) else { continue }
      entries[index].isTaken = true
      isSet = true
    }
    return isSet
  }
}
