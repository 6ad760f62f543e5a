import Foundation

/// Reads and compares the values of condition operators in the most obvious way.
enum PlainValue {
  /// -1, 0 or 1; nil where one of both is no decimal number.
  static func compareNumbers(_ left: String, _ right: String) -> Int? {
    guard let left = Decimal(plain: left), let right = Decimal(plain: right) else { return nil }
    return left < right ? -1 : left == right ? 0 : 1
  }

  static func compareDates(_ left: String, _ right: String) -> Int? {
    guard let left = moment(left), let right = moment(right) else { return nil }
    return left < right ? -1 : left == right ? 0 : 1
  }

  /// Milliseconds since 1970, of epoch seconds or of an ISO 8601 date as W3C writes it.
  static func moment(_ text: String) -> Int? {
    if let seconds = Int(text) { return seconds * 1000 }
    var rest = Substring(text)
    func number(_ count: Int) -> Int? {
      guard rest.count >= count, let value = Int(rest.prefix(count)) else { return nil }
      rest = rest.dropFirst(count)
      return value
    }
    func skip(_ text: String) -> Bool {
      guard rest.hasPrefix(text) else { return false }
      rest = rest.dropFirst(text.count)
      return true
    }
    var fields = DateComponents()
    guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2)
    else { return nil }
    (fields.year, fields.month, fields.day) = (year, month, day)
    var milliseconds = 0
    var offset = 0
    if skip("T") {
      guard let hour = number(2), skip(":"), let minute = number(2) else { return nil }
      (fields.hour, fields.minute) = (hour, minute)
      if skip(":") {
        guard let second = number(2) else { return nil }
        fields.second = second
        if skip(".") {
          let digits = rest.prefix { $0.isNumber }
          guard let value = Int(digits.prefix(3).padding(3)) else { return nil }
          milliseconds = value
          rest = rest.dropFirst(digits.count)
        }
      }
      if !skip("Z"), let sign = rest.first {
        rest = rest.dropFirst()
        guard let hours = number(2), skip(":"), let minutes = number(2) else { return nil }
        offset = (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
      }
    }
    guard rest.isEmpty, let date = calendar.date(from: fields) else { return nil }
    return (Int(date.timeIntervalSince1970) - offset) * 1000 + milliseconds
  }

  private static let calendar: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar
  }()

  static func boolean(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true": true
    case "false": false
    default: nil
    }
  }

  /// Padding may be left out; Foundation wants it.
  static func bytes(_ text: String) -> Data? {
    let lacking = text.contains("=") ? 0 : (4 - text.utf8.count % 4) % 4
    return Data(base64Encoded: text + String(repeating: "=", count: lacking))
  }

  /// An address as its bits, and how many of them a range fixes; nil where the text is none.
  static func network(_ text: String) -> (bits: [Bool], length: Int, isBare: Bool)? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let bits = address(String(parts[0])) else { return nil }
    guard parts.count == 2 else { return (bits, bits.count, true) }
    guard let length = Int(parts[1]), (0...bits.count).contains(length) else { return nil }
    return (bits, length, false)
  }

  private static func address(_ text: String) -> [Bool]? {
    func bits(_ value: Int, _ count: Int) -> [Bool] {
      (0..<count).map { value >> (count - 1 - $0) & 1 == 1 }
    }
    guard text.contains(":") else {
      let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
      guard parts.count == 4, parts.allSatisfy({ $0.map { (0...255).contains($0) } ?? false })
      else { return nil }
      return parts.flatMap { bits($0 ?? 0, 8) }
    }
    func groups(_ text: Substring) -> [Int]? {
      if text.isEmpty { return [] }
      let values = text.split(separator: ":", omittingEmptySubsequences: false)
        .map { Int($0, radix: 16) }
      guard values.allSatisfy({ $0.map { (0...0xFFFF).contains($0) } ?? false }) else { return nil }
      return values.map { $0 ?? 0 }
    }
    var all: [Int]
    if let gap = text.range(of: "::") {
      guard let before = groups(text[..<gap.lowerBound]),
        let after = groups(text[gap.upperBound...])
      else { return nil }
      guard before.count + after.count < 8 else { return nil }
      all = before + [Int](repeating: 0, count: 8 - before.count - after.count) + after
    } else {
      guard let values = groups(text[...]) else { return nil }
      all = values
    }
    guard all.count == 8 else { return nil }
    return all.flatMap { bits($0, 16) }
  }
}

extension Decimal {
  fileprivate init?(plain text: String) {
    guard !text.isEmpty, text.allSatisfy({ "+-.0123456789".contains($0) }) else { return nil }
    self.init(string: text)
  }
}

extension Substring {
  fileprivate func padding(_ count: Int) -> String {
    self + String(repeating: "0", count: Swift.max(0, count - self.count))
  }
}
