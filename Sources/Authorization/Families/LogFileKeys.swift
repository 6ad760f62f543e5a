import PolicyModel
import Synchronization

/// The keys CloudTrail's log files have below a source prefix.
///
/// `[prefix/]AWSLogs/[o-…/]ACCOUNT/CloudTrail/REGION/YYYY/MM/DD/ACCOUNT_CloudTrail_REGION_YYYYMMDDTHHmmZ_UNIQUE.json.gz`
/// (AWS CloudTrail User Guide, "Finding your CloudTrail log files" and "CloudTrail log file
/// examples", "Log file name format"). Account, Region and date, which a key names twice, agree.
package struct LogFileKeys: Hashable, Sendable {
  /// What stands before the free string: everything below it is copied.
  package let prefix: String
  package let dates: LogDates
  private let automata: LogFileAutomata

  package init(prefix: String, dates: LogDates = LogDates()) {
    self.prefix = prefix
    self.dates = dates
    automata = .shared(by: prefix, dates)
  }

  /// All keys, as far as a regular language can say it; nil where the prefix fits no position of
  /// the documented shape.
  var all: LanguageTable? {
    automata.all { language(Fields(), .any).map { LanguageTable($0) } }
  }

  /// Keys that look like those people have; of last year, or of any.
  func realistic(_ looks: Looks) -> LanguageTable? {
    automata.realistic(looks) { language(Fields(), looks).map { LanguageTable($0) } }
  }

  /// How a key that is shown as an example shall look.
  enum Looks: Hashable, Sendable {
    case any
    /// With a Region that exists and a plain file name.
    case plausible
    /// The same, and of a year that people have logs of.
    case recent
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.prefix == right.prefix && left.dates == right.dates
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(prefix)
    hasher.combine(dates)
  }

  /// What is fixed of the things a key names twice.
  struct Fields: Hashable, Sendable {
    /// By position among the twelve digits.
    var account: [Int: ScalarSet] = [:]
    /// The first characters.
    var region: [ScalarSet] = []
    /// By position in `YYYYMMDD`.
    var date: [Int: ScalarSet] = [:]
  }

  /// Whether the prefix fits a position of the documented shape.
  package var fitsShape: Bool { all != nil }

  /// What may stand for the free string, as far as regular languages can say it: the two places of
  /// a field agree in the characters that `fields` fixes.
  func language(_ fields: Fields, _ looks: Looks) -> Language? {
    guard let core = core(fields, looks) else { return nil }
    let scalars = Array(prefix.unicodeScalars.map(\.value))
    let starts = Self.positions(ofFolder: "AWSLogs/", in: scalars)
    guard !starts.isEmpty else {
      let parent = Language.sequence([.oneOrMore(.one(.all)), .text("/")])
      let folders: Language =
        looks != .any
        ? .either(Self.realisticFolders(prefix).map(Language.text)) : .optional(parent)
      return Language.sequence([folders, core]).after(scalars)
    }
    let choices = starts.compactMap { start in
      Language.sequence([.text(RequestText.string(scalars[..<start])), core]).after(scalars)
    }
    return choices.count > 1 ? .either(choices) : choices.first
  }

  private static func realisticFolders(_ prefix: String) -> [String] {
    let folder = prefix.isEmpty || prefix.hasSuffix("/") ? prefix : prefix + "/"
    // An unfinished `AWSL…` may go on as `AWSLogs/` itself.
    return [folder, folder + "logs/", ""]
  }

  private func core(_ fields: Fields, _ looks: Looks) -> Language? {
    let organization = Language.sequence([
      .text("o-"), .repeated(.one(Self.idCharacters), 10),
      looks != .any ? .empty : .many(.one(Self.idCharacters)), .text("/"),
    ])
    let region = looks != .any ? Language.either(Self.regions.map(Language.text)) : Self.anyRegion
    let isRecent = looks == .recent
    let account = Language.sequence((0..<12).map { .one(fields.account[$0] ?? .digits) })
    guard let region = region.beginning(with: fields.region),
      let folders = dates.language(
        separatedBy: "/", isRecent: isRecent, digits: fields.date),
      let date = dates.language(separatedBy: "", isRecent: isRecent, digits: fields.date)
    else { return nil }
    let time: Language =
      looks != .any
      ? .text("0000")
      : .sequence([
        .either([
          .sequence([.one(ScalarSet([0x30...0x31])), .one(.digits)]),
          .sequence([.text("2"), .one(ScalarSet([0x30...0x33]))]),
        ]), .one(ScalarSet([0x30...0x35])), .one(.digits),
      ])
    let unique: Language =
      looks != .any ? .text("AbCdEfGhIjKlMnOp") : .repeated(.one(.alphanumerics), 16)
    return .sequence([
      .text("AWSLogs/"), .optional(organization), account,
      .text("/CloudTrail/"), region, .text("/"), folders, .text("/"), account,
      .text("_CloudTrail_"), region, .text("_"), date, .text("T"), time, .text("Z_"), unique,
      .text(".json.gz"),
    ])
  }

  private static let idCharacters = ScalarSet([0x30...0x39, 0x61...0x7A])

  private static let anyRegion = Language.sequence([
    .repeated(.one(.lowercase), 2), .many(.one(.lowercase)),
    .oneOrMore(.sequence([.text("-"), .oneOrMore(.one(.lowercase))])), .text("-"), .one(.digits),
  ])

  /// Some of AWS's Regions, so that an example looks like one.
  private static let regions = [
    "us-east-1", "us-east-2", "us-west-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-south-1",
    "ap-northeast-1", "ap-southeast-2", "ca-central-1", "sa-east-1", "af-south-1", "me-south-1",
    "us-gov-west-1", "cn-north-1",
  ]

  /// Where a folder's name begins a text or follows a slash.
  private static func positions(ofFolder name: String, in text: [Symbol]) -> [Int] {
    let name = name.unicodeScalars.map(\.value)
    guard text.count >= name.count else { return [] }
    return (0...(text.count - name.count)).filter { start in
      (start == 0 || text[start - 1] == 0x2F)
        && text[start..<(start + name.count)].elementsEqual(name)
    }
  }
}

/// The automata of one source prefix, made when a search first needs them and shared by all.
private final class LogFileAutomata: Sendable {
  private struct Key: Hashable {
    var prefix: String
    var dates: LogDates
  }

  private static let known = Mutex<[Key: LogFileAutomata]>([:])

  /// Those of a prefix: copies of one bucket have the same, and so has each trial of a fix.
  static func shared(by prefix: String, _ dates: LogDates) -> LogFileAutomata {
    known.withLock { known in
      let key = Key(prefix: prefix, dates: dates)
      if let automata = known[key] { return automata }
      if known.count >= Limits.keptLanguages { known = [:] }
      let new = LogFileAutomata()
      known[key] = new
      return new
    }
  }

  private let made = Mutex<[LogFileKeys.Looks: LanguageTable?]>([:])

  func all(_ make: () -> LanguageTable?) -> LanguageTable? { realistic(.any, make) }

  func realistic(_ looks: LogFileKeys.Looks, _ make: () -> LanguageTable?) -> LanguageTable? {
    made.withLock { made in
      if let known = made[looks] { return known }
      let new = make()
      made[looks] = .some(new)
      return new
    }
  }
}

// MARK: - Agreement

extension LogFileKeys {
  private struct Twice {
    var first: Range<Int>
    var second: Range<Int>
  }

  /// Where a whole key names account, Region and date, from its end; nil where it has no such shape.
  private static func named(in key: [Symbol]) -> (account: Twice, region: Twice, date: [Twice])? {
    var ends = key.indices.filter { key[$0] == 0x2F }
    guard ends.count >= 7 else { return nil }
    ends = Array(ends.suffix(7))
    // ends: before account, CloudTrail, Region, year, month, day, file name
    let file = key[(ends[6] + 1)...]
    let bars = file.indices.filter { file[$0] == 0x5F }
    guard bars.count >= 3, bars[3 - 1] + 9 <= key.count else { return nil }
    let date = bars[2] + 1
    return (
      Twice(first: (ends[0] + 1)..<ends[1], second: file.startIndex..<bars[0]),
      Twice(first: (ends[2] + 1)..<ends[3], second: (bars[1] + 1)..<bars[2]),
      [
        Twice(first: (ends[3] + 1)..<ends[4], second: date..<(date + 4)),
        Twice(first: (ends[4] + 1)..<ends[5], second: (date + 4)..<(date + 6)),
        Twice(first: (ends[5] + 1)..<ends[6], second: (date + 6)..<(date + 8)),
      ]
    )
  }

  /// Whether what a key names twice agrees; also for keys without the shape.
  func agrees(_ free: [Symbol]) -> Bool {
    let key = prefix.unicodeScalars.map(\.value) + free
    guard let named = Self.named(in: key) else { return true }
    return ([named.account, named.region] + named.date).allSatisfy { twice in
      key[twice.first].elementsEqual(key[twice.second])
    }
  }

  /// Keys like this one in which the second place says what the first says, or the other way round.
  func agreeing(_ free: [Symbol]) -> [[Symbol]] {
    let head = prefix.unicodeScalars.map(\.value)
    let key = head + free
    guard let named = Self.named(in: key) else { return [] }
    let pairs = [named.account, named.region] + named.date
    var candidates: [[Symbol]] = []
    for takesFirst in [true, false] {
      var changed = key
      // From the end, so that a Region of another length moves nothing that is still to come.
      for twice in pairs.sorted(by: { $0.second.lowerBound > $1.second.lowerBound })
      where takesFirst {
        changed.replaceSubrange(twice.second, with: key[twice.first])
      }
      for twice in pairs.sorted(by: { $0.first.lowerBound > $1.first.lowerBound }) where !takesFirst
      {
        changed.replaceSubrange(twice.first, with: key[twice.second])
      }
      guard changed.starts(with: head) else { continue }
      candidates.append(Array(changed.dropFirst(head.count)))
    }
    return candidates
  }

  /// Smaller questions that are together the same, none of which has the key.
  ///
  /// The key differs in the two places of a field by characters that can be told apart; nil where it
  /// does not.
  func splitting(_ fields: Fields, by free: [Symbol], _ alphabet: Alphabet) -> [Fields]? {
    let key = prefix.unicodeScalars.map(\.value) + free
    guard let named = Self.named(in: key) else { return nil }
    /// Whether neither the patterns nor the language itself tell two characters apart.
    func areAlike(_ left: Symbol, _ right: Symbol) -> Bool {
      alphabet.classIndex(of: left) == alphabet.classIndex(of: right)
        && Self.kinds.allSatisfy { $0.contains(left) == $0.contains(right) }
    }
    func difference(_ twice: Twice) -> (position: Int, symbol: Symbol)? {
      for (position, pair) in zip(key[twice.first], key[twice.second]).enumerated()
      where !areAlike(pair.0, pair.1) {
        return (position, pair.0)
      }
      return nil
    }
    func split(_ set: ScalarSet, _ symbol: Symbol) -> [ScalarSet] {
      let alike = set.filter { areAlike($0, symbol) }
      return [alike, set.subtracting(alike)].filter { !$0.isEmpty }
    }
    func narrowed(_ change: (inout Fields) -> Void) -> Fields {
      var narrowed = fields
      change(&narrowed)
      return narrowed
    }
    if let (position, symbol) = difference(named.account) {
      return split(fields.account[position] ?? .digits, symbol).map { set in
        narrowed { $0.account[position] = set }
      }
    }
    for (part, offset) in zip(named.date, [0, 4, 6]) {
      guard let (position, symbol) = difference(part) else { continue }
      return split(fields.date[position + offset] ?? .digits, symbol).map { set in
        narrowed { $0.date[position + offset] = set }
      }
    }
    guard let (position, symbol) = difference(named.region) else { return nil }
    if position < fields.region.count {
      return split(fields.region[position], symbol).map { set in
        narrowed { $0.region[position] = set }
      }
    }
    // The language tells letters, digits and the hyphen apart: up to the difference, either all
    // kinds of characters are those of the key, or one is the first that is not.
    var parts: [Fields] = []
    var known = fields.region
    for symbol in key[named.region.first].prefix(position).dropFirst(known.count) {
      for kind in Self.kinds where !kind.contains(symbol) {
        parts.append(narrowed { $0.region = known + [kind] })
      }
      known += Self.kinds.filter { $0.contains(symbol) }
    }
    for kind in Self.kinds {
      let sets = kind.contains(symbol) ? split(kind, symbol) : [kind]
      parts += sets.map { set in narrowed { $0.region = known + [set] } }
    }
    return parts
  }

  private static let kinds: [ScalarSet] = [.lowercase, .digits, ScalarSet("-")]
}
