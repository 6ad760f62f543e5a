/// What a listing may have, so that no listing can exhaust the machine.
enum ListingLimits {
  /// How many bytes one object's record may have.
  ///
  /// Stops a quote or a bracket that is never closed, behind which everything would have to be kept.
  /// A key has 1024 bytes, which escapes make six times as long.
  static let record = 64 << 10
  /// How deep values may nest in an object's record.
  ///
  /// Stops `[[[[…`, which would overflow the stack; S3 nests three deep.
  static let depth = 32
  /// How many columns an inventory may have; S3 knows two dozen.
  static let columns = 256
}

/// Why a record cannot be read to its end.
enum ListingStop: Error {
  /// It goes on in the next piece.
  case unfinished
  /// It is not what it should be.
  case malformed(at: Int, String)
}
