import Evidence
import PolicyModel
import Reporting

/// A listing that cannot be opened again, such as one on standard input: what was read of it, and
/// where the rest comes from.
struct OpenListing {
  var head: [UInt8]
  var file: FileDescriptor
}

extension DocumentReader {
  /// What is in a file that may be anything: a listing is told by its beginning, and not read on.
  func positional(at path: String) throws(Refusal) -> (Document.Content, OpenListing?) {
    do throws(SystemError) {
      let file = try FileDescriptor.reading(surroundings.resolve(path))
      let (content, listing) = try content(
        of: file, named: path, canBeOpenedAgain: file.isOrdinary)
      if listing == nil { try? file.finish() }
      return (content, listing)
    } catch {
      throw Refusal(unreadable: path, error)
    }
  }

  /// What is on standard input, which may be anything.
  func positionalInput(named name: String) throws(Refusal) -> (Document.Content, OpenListing?) {
    do throws(SystemError) {
      return try content(of: surroundings.input, named: name, canBeOpenedAgain: false)
    } catch {
      throw Refusal(unreadable: "standard input", isPath: false, error)
    }
  }

  private func content(
    of file: FileDescriptor, named name: String, canBeOpenedAgain: Bool
  ) throws(SystemError) -> (Document.Content, OpenListing?) {
    let head = try file.readHead(Limits.listingPieceBytes)
    // What ends within its first piece is small enough to keep.
    guard head.count == Limits.listingPieceBytes else {
      return (Document.Content(head, path: name), nil)
    }
    if let format = ListingFormat(beginning: head[...]) {
      return (
        .stream(ListingStream(format, path: name)),
        canBeOpenedAgain ? nil : OpenListing(head: head, file: file)
      )
    }
    // A compressed file is refused by its first bytes, however large it is.
    if head.starts(with: [0x1F, 0x8B]) { return (Document.Content(head, path: name), nil) }
    let bytes = try file.readToEnd(limit: Limits.documentBytes, after: head)
    return (Document.Content(bytes, path: name), nil)
  }

  // MARK: - Reading on

  /// Reads a copy's long listings in pieces.
  mutating func readListings(of input: inout CopyInput) throws(Refusal) {
    guard input.hasStream else { return }
    let assembly = CopyAssembly(input)
    for stream in assembly.streams {
      guard let reader = assembly.reader(of: stream) else { continue }
      input.readings.append(try read(stream, with: reader))
    }
  }

  private mutating func read(
    _ stream: ListingStream, with reader: consuming ListingReader
  ) throws(Refusal) -> ListingReading {
    let path = stream.source.path
    let open = openListings.removeValue(forKey: path)
    var progress = ListingProgress(path: path, in: showsProgress ? surroundings : nil)
    defer { progress.clear() }
    do throws(SystemError) {
      let file: FileDescriptor
      if let open {
        file = open.file
      } else {
        file = try FileDescriptor.reading(surroundings.resolve(path))
      }
      defer { if open == nil { try? file.finish() } }
      if let open { reader.feed(open.head[...]) }
      var piece = [UInt8](repeating: 0, count: Limits.listingPieceBytes)
      while !reader.hasFailed {
        let count = try file.read(into: &piece)
        if count == 0 { break }
        reader.feed(piece[..<count])
        progress.advance(by: count, objects: reader.count)
      }
    } catch {
      throw Refusal(unreadable: path, error)
    }
    return reader.finished()
  }
}

extension Surroundings {
  /// Whether a file begins like the rows of an inventory.
  func holdsInventory(_ path: String) -> Bool {
    guard let file = try? FileDescriptor.reading(resolve(path)) else { return false }
    defer { try? file.finish() }
    guard let head = try? file.readHead(4 << 10) else { return false }
    return ListingFormat(beginning: head[...]) == .inventory
  }
}

/// One line on a terminal that shows how far a listing is read, and is gone at the end.
private struct ListingProgress {
  /// How many bytes are read between two updates.
  private static let step = 16 << 20

  private let name: String
  private let output: FileDescriptor?
  private var bytes = 0
  private var shown = 0

  /// Shows nothing without surroundings.
  init(path: String, in surroundings: Surroundings?) {
    name = VisibleText.escaped(path.split(separator: "/").last.map(String.init) ?? path)
    output = surroundings?.errors
  }

  mutating func advance(by count: Int, objects: Int) {
    bytes += count
    guard let output, bytes - shown >= Self.step else { return }
    shown = bytes
    let line = "\r\u{1B}[Klint-copy: \(name): \(objects) objects, \(bytes >> 20) MiB"
    try? output.write(Array(line.utf8))
  }

  /// Takes the line away.
  func clear() {
    guard shown > 0 else { return }
    try? output?.write(Array("\r\u{1B}[K".utf8))
  }
}
