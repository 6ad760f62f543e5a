/// A yes or no of the plain evaluator, which may be open.
enum Answer: Sendable, Hashable, CustomStringConvertible {
  case no
  case open
  case yes

  init(_ value: Bool) { self = value ? .yes : .no }

  static func all(_ answers: some Sequence<Answer>) -> Answer {
    var result = Answer.yes
    for answer in answers {
      if answer == .no { return .no }
      if answer == .open { result = .open }
    }
    return result
  }

  static func any(_ answers: some Sequence<Answer>) -> Answer {
    var result = Answer.no
    for answer in answers {
      if answer == .yes { return .yes }
      if answer == .open { result = .open }
    }
    return result
  }

  /// What is left where one of several worlds is the true one.
  static func oneOf(_ worlds: some Collection<Answer>) -> Answer {
    guard let first = worlds.first else { return .open }
    return worlds.allSatisfy { $0 == first } ? first : .open
  }

  var not: Answer {
    switch self {
    case .no: .yes
    case .open: .open
    case .yes: .no
    }
  }

  var description: String {
    switch self {
    case .no: "no"
    case .open: "open"
    case .yes: "yes"
    }
  }
}
