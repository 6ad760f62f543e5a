import Foundation
import PolicyModel
import Testing

@testable import lint_copy

/// Rows of an inventory, as many as are wanted, without keeping them.
private struct InventoryRows {
  static let manifest = """
    {"sourceBucket": "acme-trail-logs", "destinationBucket": "arn:aws:s3:::inventories",
     "version": "2016-11-30", "creationTimestamp": "1795132800000", "fileFormat": "CSV",
     "fileSchema": "Bucket, Key, Size, StorageClass, EncryptionStatus, BucketKeyStatus",
     "files": [{"key": "inventory/data/rows.csv.gz", "size": 846, "MD5checksum": "x"}]}
    """

  /// A row that is more than 200 bytes long.
  static func row(_ number: Int) -> String {
    let (month, day) = (1 + number % 12, 1 + number % 28)
    let text = "2025\(month < 10 ? "0" : "")\(month)\(day < 10 ? "0" : "")\(day)"
    let folder = "2025/\(text.dropFirst(4).prefix(2))/\(text.suffix(2))"
    let unique = String(repeating: "A", count: 16 - "\(number)".count) + "\(number)"
    return #""acme-trail-logs","AWSLogs/111122223333/CloudTrail/us-east-1/"# + folder
      + "/111122223333_CloudTrail_us-east-1_\(text)T0005Z_\(unique).json.gz"
      + #"","4821","STANDARD","SSE-KMS","DISABLED""# + "\n"
  }

  /// The same as an element of a listing.
  static func object(_ number: Int, isLast: Bool) -> String {
    let key = row(number).split(separator: "\"")[2]
    return "    {\"Key\": \"\(key)\", \"Size\": 4821, \"StorageClass\": \"STANDARD\"}"
      + (isLast ? "\n" : ",\n")
  }

  /// Writes rows piece by piece.
  static func write(_ count: Int, to file: FileDescriptor) throws {
    var piece = ""
    for number in 0..<count {
      piece += row(number)
      if piece.utf8.count > 1 << 20 {
        try file.write(Array(piece.utf8))
        piece = ""
      }
    }
    try file.write(Array(piece.utf8))
  }
}

/// Listings and inventories that are too long to keep.
@Suite struct `Long listings` {
  private let folder: ScratchFolder

  /// Enough to be seen in the memory if they were kept; the promised million in the full tests.
  private static let many =
    ProcessInfo.processInfo.environment["LINT_COPY_FULL_TESTS"] == nil ? 120_000 : 1_000_000

  init() throws {
    folder = try ScratchFolder()
    try folder.write(InventoryRows.manifest, to: "manifest.json")
  }

  private func rows(_ count: Int) throws {
    let file = try FileDescriptor.writing("\(folder.path)/rows.csv", flags: O_CREAT | O_TRUNC)
    try InventoryRows.write(count, to: file)
    try file.finish()
  }

  private func run(
    _ arguments: String..., change: (inout Surroundings) -> Void = { _ in }
  ) -> (code: Int32, output: String, errors: String) {
    var surroundings = Surroundings.test
    surroundings.directory = folder.path
    change(&surroundings)
    let source = ["--source", "s3://acme-trail-logs/AWSLogs/111122223333/CloudTrail/"]
    let outcome = Program.run(source + ["--as-of", "2026-11-21"] + arguments, in: surroundings)
    return (
      outcome.code.rawValue, String(decoding: outcome.output, as: UTF8.self),
      String(decoding: outcome.errors, as: UTF8.self)
    )
  }

  @Test func `What a long listing shows is what a short one would`() throws {
    let count = 3000
    let lines = (0..<count).map { InventoryRows.object($0, isLast: $0 == count - 1) }
    let text = "{\n  \"Contents\": [\n\(lines.joined())  ]\n}\n"
    #expect(text.utf8.count > Limits.listingPieceBytes)
    let broken = text.replacing("AAAAAAAAAAAA2999.json.gz", with: "AAAAAAAAAAAA2999.json")
    try folder.write(text, to: "listing.json")
    try folder.write(broken, to: "broken.json")
    let good = run("-v", "listing.json")
    #expect(good.code == 0)
    #expect(good.errors.contains("`listing.json` is the answer of `aws s3api list-objects-v2`"))
    #expect(good.output.contains("2025-01-01T00:05:00Z"))
    #expect(good.output.contains("3000 log files, all named `….gz`"))
    let bad = run("broken.json", "--output-format", "concise")
    #expect(bad.code == 1)
    // Line 3 is the first object.
    #expect(bad.output.hasPrefix("broken.json:3002:13: error: 1 log file is not compressed"))
  }

  @Test func `Rows come from standard input as from a file`() throws {
    try rows(2000)
    let file = run("-v", "rows.csv", "manifest.json")
    let piped = try FileDescriptor.reading("\(folder.path)/rows.csv")
    let input = run("-v", "-", "manifest.json") { $0.input = piped }
    try piped.finish()
    #expect(input.errors.contains("`<stdin>` is the data of an S3 Inventory"))
    #expect(file.output.contains("2000 log files, none in an archive"))
    #expect(input.output.replacing("<stdin>", with: "rows.csv") == file.output)
  }

  /// Makes a pipe and writes rows into it, in a thread of its own: a test that waits for them holds
  /// one of the few that tasks have.
  private func writeRows(_ count: Int, into name: String) {
    let path = "\(folder.path)/\(name)"
    #expect(unsafe mkfifo(path, 0o600) == 0)
    Thread.detachNewThread {
      guard let pipe = try? FileDescriptor.writing(path, flags: 0) else { return }
      try? InventoryRows.write(count, to: pipe)
      try? pipe.finish()
    }
  }

  @Test func `A pipe is read to its end, however it comes`() {
    writeRows(5000, into: "pipe")
    let outcome = run("-v", "pipe", "manifest.json")
    #expect(outcome.output.contains("5000 log files, none in an archive"))
  }

  @Test func `Rows without their manifest are not checked`() throws {
    try rows(2000)
    let outcome = run("rows.csv")
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("the rows of an inventory need its `manifest.json`"))
  }

  @Test func `Progress is shown on a terminal alone, and is gone at the end`() throws {
    try rows(Self.many)
    for (isTerminal, isQuiet) in [(true, false), (true, true), (false, false)] {
      let errors = try FileDescriptor.writing("\(folder.path)/errors", flags: O_CREAT | O_TRUNC)
      let arguments = ["rows.csv", "manifest.json"] + (isQuiet ? ["-q"] : [])
      var surroundings = Surroundings.test
      surroundings.directory = folder.path
      surroundings.errors = errors
      surroundings.errorIsTerminal = isTerminal
      _ = Program.run(arguments, in: surroundings)
      try errors.finish()
      let text = try folder.read("errors")
      if isTerminal, !isQuiet {
        #expect(text.hasPrefix("\r\u{1B}[Klint-copy: rows.csv: "))
        #expect(text.contains(" objects, 16 MiB"))
        #expect(text.hasSuffix("\r\u{1B}[K"))
      } else {
        #expect(text == "")
      }
    }
  }

  // MARK: - Memory

  /// The most memory that a run of the built program had, in KiB, with rows through a pipe.
  private func peak(_ count: Int) throws -> Int {
    writeRows(count, into: "pipe\(count)")
    let command =
      "exec '\(try builtProgram())' -v --source s3://acme-trail-logs/AWSLogs/111122223333/CloudTrail/ "
      + "- manifest.json <pipe\(count) >out\(count) 2>&1"
    let arguments = ["/bin/sh", "-c", "cd '\(folder.path)' && \(command)"]
    let child = try spawn(arguments)
    var status: Int32 = 0
    var usage = rusage()
    #expect(unsafe wait4(child, &status, 0, &usage) == child)
    #expect(status == 0)
    #expect(try folder.read("out\(count)").contains("\(count) log files, none in an archive"))
    #if canImport(Darwin)
    return usage.ru_maxrss >> 10
    #else
    return usage.ru_maxrss
    #endif
  }

  private func spawn(_ arguments: [String]) throws -> pid_t {
    var pointers = unsafe arguments.map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe pointers.indices { unsafe free(pointers[index]) } }
    var child: pid_t = 0
    guard unsafe posix_spawn(&child, arguments[0], nil, nil, &pointers, environ) == 0 else {
      throw SystemError(errno)
    }
    return child
  }

  @Test func `Many rows take no more memory than a thousand`() throws {
    let few = try peak(1000)
    let many = try peak(Self.many)
    // The rows themselves are 200 bytes each; the pieces that are read at once are not counted.
    let slack = 4 << 10
    #expect(many <= few + slack, "\(few) KiB for 1000 rows, \(many) KiB for \(Self.many)")
  }
}
