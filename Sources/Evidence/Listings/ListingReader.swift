import PolicyModel

/// Reads a listing in pieces of any size, in memory that does not grow with it.
///
///     var reader = ListingReader(…)
///     while let piece = … { reader.feed(piece) }
///     input.readings.append(reader.finished())
///
/// The pieces make no difference: cut anywhere, the same bytes give the same answer.
package struct ListingReader: Sendable {
  private let format: ListingFormat
  private let manifest: Int?
  private var scanner: Scanner
  private var tally: ListingTally
  private var places: ListingPlaces
  /// What is not read yet: the beginning of a record, and the piece just fed.
  private var rest: [UInt8] = []
  private var hasBegun = false
  private var failure: SyntaxFailure?

  private enum Scanner {
    case objects(ObjectListingScanner)
    case inventory(InventoryScanner)
  }

  /// Reads an answer of `list-objects-v2`.
  init(objectsIn path: String, scope: ListingScope) {
    format = .objects
    manifest = nil
    scanner = .objects(ObjectListingScanner())
    tally = ListingTally(origin: format.origin, scope: scope)
    places = ListingPlaces(path: path, whole: nil)
  }

  /// Reads the rows of an S3 Inventory.
  ///
  /// `whole` is the rows' source, where they are kept anyway; `manifest` the position of the manifest
  /// that names the columns.
  init(
    rowsIn path: String, whole: Source?, columns: InventoryColumns, manifest: Int,
    scope: ListingScope
  ) {
    format = .inventory
    self.manifest = manifest
    scanner = .inventory(InventoryScanner(columns, bucket: scope.bucket))
    tally = ListingTally(origin: format.origin, scope: scope)
    places = ListingPlaces(path: path, whole: whole)
  }

  /// How many objects were read so far.
  package var count: Int { tally.summary.objects }

  /// Whether nothing more is read: something in the listing is not what it should be.
  package var hasFailed: Bool { failure != nil }

  /// Reads the next piece.
  package mutating func feed(_ piece: ArraySlice<UInt8>) {
    guard failure == nil else { return }
    var text: [UInt8] = []
    swap(&text, &rest)
    text.append(contentsOf: piece)
    if !hasBegun {
      if text.count < 3, [0xEF, 0xBB, 0xBF].starts(with: text) {
        rest = text
        return
      }
      if text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
      hasBegun = true
    }
    let read = scan(text.span, isAtEnd: false)
    if failure == nil, text.count - read > Limits.recordBytes {
      fail(at: read, "a record is longer than \(Limits.recordBytes >> 10) KiB", text.span)
    }
    places.advance(by: read, text.span)
    text.removeFirst(read)
    rest = text
  }

  /// Ends the listing.
  package consuming func finished() -> ListingReading {
    let text = rest
    if failure == nil {
      let read = scan(text.span, isAtEnd: true)
      if failure == nil, case .objects(let scanner) = scanner, !scanner.isAtEnd {
        fail(
          at: read, "the listing ends too early", text.span,
          help: "it may be cut off; save it again")
      }
    }
    if case .objects(let scanner) = scanner, scanner.header.isEncoded,
      let decoded = scanner.decodedTally, !tally.isTruer(than: decoded)
    {
      tally = decoded
    }
    var reading = ListingReading(format: format, summary: tally.finished(), failure: failure)
    reading.manifest = manifest
    switch scanner {
    case .objects(let scanner): reading.header = scanner.header
    case .inventory(let scanner): reading.foreignRows = scanner.foreignRows
    }
    return reading
  }

  private mutating func scan(_ text: Span<UInt8>, isAtEnd: Bool) -> Int {
    do throws(ListingStop) {
      switch scanner {
      case .objects(var scanner):
        defer { self.scanner = .objects(scanner) }
        return try scanner.scan(text, &tally, &places)
      case .inventory(var scanner):
        defer { self.scanner = .inventory(scanner) }
        return try scanner.scan(text, isAtEnd: isAtEnd, &tally, &places)
      }
    } catch {
      let unit =
        switch scanner {
        case .objects(let scanner): scanner.unit
        case .inventory(let scanner): scanner.unit
        }
      if case .malformed(let at, let message) = error {
        fail(at: at, message, text, record: unit)
      }
      return unit
    }
  }

  /// Remembers why the listing is not read on.
  private mutating func fail(
    at offset: Int, _ message: String, _ text: Span<UInt8>, record: Int? = nil, help: String? = nil
  ) {
    let start = min(record ?? offset, offset)
    let end = min(text.count, max(offset + 1, start + 256))
    let place = places.place(
      of: offset..<min(offset + 1, text.count), in: start..<max(start, end), text)
    failure = SyntaxFailure(message, at: place, help: help)
  }
}

/// What reading one listing came to.
package struct ListingReading: Sendable {
  /// Its form.
  let format: ListingFormat
  /// What was counted.
  var summary: ListingSummary
  /// Why it was not read to its end; nil where it was.
  let failure: SyntaxFailure?
  /// What a listing says beside its objects.
  var header = ListingHeader()
  /// Rows of an inventory that are about other buckets.
  var foreignRows = 0
  /// The position of the inventory's manifest among those that were given.
  var manifest: Int?
}
