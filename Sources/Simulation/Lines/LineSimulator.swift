import PolicyModel

/// Answers a stream of documents, one a line, with one line each, in order and in bounded memory.
///
/// Bytes go in as they come, in pieces of any size; answers to all complete lines come out.
package struct LineSimulator {
  private var simulator = Simulator()
  private var writer = JSONWriter()
  /// The beginning of a line whose end has not come yet.
  private var pending: [UInt8] = []
  /// Whether the line that is being read is too long, so that the rest of it is passed over.
  private var isOverlong = false
  private var lineNumber = 1
  private let longestLine: Int

  package init(longestLine: Int = Limits.lineBytes) { self.longestLine = longestLine }

  /// The answers that have not been taken yet.
  package var answers: [UInt8] { writer.bytes }

  /// Forgets the answers, once they have been taken.
  package mutating func removeAnswers() { writer.removeAll() }

  /// Reads the next bytes of the stream.
  package mutating func read(_ bytes: ArraySlice<UInt8>) {
    var start = bytes.startIndex
    while let end = Self.lineEnd(in: bytes, from: start) {
      if pending.isEmpty, !isOverlong, end - start <= longestLine {
        answer(Array(bytes[start..<end]))
      } else {
        append(bytes[start..<end])
        endLine()
      }
      start = end + 1
    }
    append(bytes[start...])
  }

  /// Ends the stream: a last line needs no line end.
  package mutating func finish() {
    if !pending.isEmpty || isOverlong { endLine() }
  }

  private static func lineEnd(in bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
    let rest = bytes[start...]
    return rest.span.firstLineFeed.map { start + $0 }
  }

  private mutating func append(_ bytes: ArraySlice<UInt8>) {
    guard !isOverlong else { return }
    guard pending.count + bytes.count <= longestLine else {
      isOverlong = true
      pending = []
      return
    }
    pending += bytes
  }

  private mutating func endLine() {
    let line = pending
    pending.removeAll(keepingCapacity: pending.capacity <= longestLine / 4)
    guard isOverlong else { return answer(line) }
    isOverlong = false
    refuse(
      InputProblem(
        "the line is longer than \(longestLine) bytes", of: Source(path: "", text: [])))
  }

  private mutating func answer(_ line: [UInt8]) {
    let mark = writer.mark
    do throws(InputProblem) {
      try simulator.simulate(try Self.source(line), into: &writer)
    } catch {
      writer.rewind(to: mark)
      return refuse(error)
    }
    endAnswer()
  }

  private static func source(_ line: [UInt8]) throws(InputProblem) -> Source {
    guard line.contains(where: { !isSpace($0) }) else {
      throw InputProblem("the line is empty", of: Source(path: "", text: []))
    }
    // Neither a byte order mark nor anything that is no UTF-8 is ASCII.
    if line.span.isASCII { return Source(path: "", text: line) }
    do {
      return try Source.decoding(line, path: "")
    } catch {
      throw InputProblem(error)
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }

  private mutating func refuse(_ problem: InputProblem) {
    writer.problem(problem, line: lineNumber)
    endAnswer()
  }

  private mutating func endAnswer() {
    writer.lineBreak()
    lineNumber += 1
  }
}
