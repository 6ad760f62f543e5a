package import PolicyModel

/// What a listing is read for: which of its objects the copy is about.
///
/// It is known before a listing is read, because the small documents are read first: so a listing of
/// any length is counted as it passes by.
package struct ListingScope: Sendable {
  /// The source bucket; nil where nobody knows it.
  let bucket: [UInt8]?
  /// What the keys of the objects to copy begin with.
  let prefix: [UInt8]
  /// The days whose objects are copied, as `YYYYMMDD`; nil for all.
  let days: ClosedRange<Int>?
  /// The moment the copy is judged at.
  let asOf: Timestamp

  package init(
    bucket: String?, prefix: String, startTime: Timestamp? = nil, endTime: Timestamp? = nil,
    asOf: Timestamp
  ) {
    self.bucket = bucket.map { Array($0.utf8) }
    self.prefix = Array(prefix.utf8)
    self.asOf = asOf
    // A day wider on both sides: CloudTrail selects by the date in the key, and the events of a
    // day's first and last minutes may lie in a neighbour's file.
    let first = startTime.map { Self.digits(Timestamp(seconds: $0.seconds - 86_400)) } ?? 0
    let last = endTime.map { Self.digits(Timestamp(seconds: $0.seconds + 86_400)) } ?? .max
    days = (startTime == nil && endTime == nil) || first > last ? nil : first...last
  }

  private static func digits(_ moment: Timestamp) -> Int {
    let date = moment.date
    return date.year * 10_000 + date.month * 100 + date.day
  }

  /// Whether an object is attempted at all: without a range every one, else by its key's date.
  func covers(day: Int?) -> Bool {
    guard let days else { return true }
    return day.map(days.contains) ?? false
  }

  /// Whether a key begins with the prefix.
  func holds(_ key: Span<UInt8>) -> Bool {
    guard key.count >= prefix.count else { return false }
    for at in prefix.indices where key[at] != prefix[at] { return false }
    return true
  }
}
