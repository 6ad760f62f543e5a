import PolicyModel

extension Surroundings {
  /// Reads a file whole, once.
  func read(_ path: String) throws(Refusal) -> [UInt8] {
    do {
      let file = try FileDescriptor.reading(resolve(path))
      defer { try? file.finish() }
      return try file.readToEnd(limit: Limits.documentBytes)
    } catch {
      throw Refusal(unreadable: path, error)
    }
  }

  /// Reads a file that configures the run; one that is no text is refused with the place.
  func source(at path: String) throws(Refusal) -> Source {
    let bytes = try read(path)
    do throws(SyntaxFailure) {
      return try Source.decoding(bytes, path: path)
    } catch {
      throw Refusal(error.message, at: error.place, help: error.help)
    }
  }

  /// Reads standard input whole.
  func readInput() throws(Refusal) -> [UInt8] {
    do {
      return try input.readToEnd(limit: Limits.documentBytes)
    } catch {
      throw Refusal(unreadable: "standard input", isPath: false, error)
    }
  }
}

extension Refusal {
  /// The refusal of a file that cannot be read.
  init(unreadable name: String, isPath: Bool = true, _ error: SystemError) {
    let subject = isPath ? "`\(name)`" : name
    if error == .tooLarge {
      self.init("cannot read \(subject): it is larger than \(Limits.documentBytes >> 20) MiB")
    } else if error == SystemError(ENOENT), isPath, name.unicodeScalars.contains("\u{FFFD}") {
      // What is no UTF-8 in a name reads as U+FFFD, and a name with that is not there.
      self.init(
        "cannot read \(subject): its name is not UTF-8, or there is no such file",
        help: "rename the file, or give it as standard input with `-`")
    } else {
      self.init("cannot read \(subject): \(error.reason)")
    }
  }

  /// The refusal of a file that cannot be written.
  init(unwritable name: String, isPath: Bool = true, _ error: SystemError) {
    self.init("cannot write \(isPath ? "`\(name)`" : name): \(error.reason)")
  }
}
