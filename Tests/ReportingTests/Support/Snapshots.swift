import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Compares text with a file in `Snapshots/`.
///
/// With `RECORD_SNAPSHOTS=1` in the environment the file
/// is written instead and the test fails, so that nobody records by accident.
func expectSnapshot(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  let path = String(#filePath.dropLast("Support/Snapshots.swift".count)) + "Snapshots/" + name
  if unsafe getenv("RECORD_SNAPSHOTS") != nil {
    write(text, to: path)
    Issue.record("recorded \(name): read its diff, then run again", sourceLocation: sourceLocation)
    return
  }
  guard let expected = contents(of: path) else {
    Issue.record(
      "there is no snapshot \(name): run with RECORD_SNAPSHOTS=1", sourceLocation: sourceLocation)
    return
  }
  guard expected != text else { return }
  let lines = zip(
    expected.split(separator: "\n", omittingEmptySubsequences: false),
    text.split(separator: "\n", omittingEmptySubsequences: false))
  let different = lines.enumerated().first { $0.element.0 != $0.element.1 }
  let hint = different.map {
    "line \($0.offset + 1) is `\($0.element.1)` and was `\($0.element.0)`"
  }
  Issue.record(
    "\(name) has changed: \(hint ?? "one is longer"); RECORD_SNAPSHOTS=1 rewrites it",
    sourceLocation: sourceLocation)
}

/// The bytes of a file as text; nil where it cannot be read.
func contents(of path: String) -> String? {
  guard let file = unsafe fopen(path, "rb") else { return nil }
  defer { unsafe fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = unsafe fread(&buffer, 1, buffer.count, file)
    guard count > 0 else { break }
    bytes += buffer[..<count]
  }
  return String(decoding: bytes, as: UTF8.self)
}

private func write(_ text: String, to path: String) {
  guard let file = unsafe fopen(path, "wb") else {
    Issue.record("cannot write \(path)")
    return
  }
  let bytes = Array(text.utf8)
  unsafe fwrite(bytes, 1, bytes.count, file)
  unsafe fclose(file)
}
