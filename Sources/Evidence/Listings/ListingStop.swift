/// Why a record cannot be read to its end.
enum ListingStop: Error {
  /// It goes on in the next piece.
  case unfinished
  /// It is not what it should be.
  case malformed(at: Int, String)
}
