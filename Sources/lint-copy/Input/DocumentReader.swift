import Evidence
import PolicyModel

/// Reads the documents of a run, each file once however many copies name it and whatever links lead
/// to it, so that a mistake in it is one finding and is mended once.
struct DocumentReader {
  let surroundings: Surroundings
  /// Whether a person sees how far a long listing is read.
  let showsProgress: Bool
  /// By where the files are, whatever they were called.
  private var contents: [String: Document.Content] = [:]
  /// What was read of listings that cannot be opened again, by their paths.
  var openListings: [String: OpenListing] = [:]

  init(_ surroundings: Surroundings, showsProgress: Bool) {
    self.surroundings = surroundings
    self.showsProgress = showsProgress
  }

  /// How many documents were read that belong to no copy.
  private var otherCount = 0

  /// How many documents were read.
  var count: Int { contents.count + otherCount }

  /// Counts documents that were read besides those of copies.
  mutating func note(_ count: Int) { otherCount += count }

  /// The document in a file.
  mutating func document(at path: String, as use: Document.Use) throws(Refusal) -> Document {
    let content: Document.Content
    let place = surroundings.place(of: path)
    if let known = contents[place] {
      content = known
    } else {
      content =
        use == .anything
        ? keep(try positional(at: path), of: path)
        : Document.Content(try surroundings.read(path), path: path)
      contents[place] = content
    }
    return Document(content, as: use)
  }

  /// Keeps what was read of a listing that cannot be opened again.
  private mutating func keep(
    _ read: (content: Document.Content, listing: OpenListing?), of path: String
  ) -> Document.Content {
    openListings[path] = read.listing
    return read.content
  }

  /// The document on standard input, under the name that reports shall give it.
  mutating func input(named name: String, as use: Document.Use) throws(Refusal) -> Document {
    let content =
      use == .anything
      ? keep(try positionalInput(named: name), of: name)
      : Document.Content(try surroundings.readInput(), path: name)
    contents[name] = content
    return Document(content, as: use)
  }
}

extension DocumentReader {
  /// The copy of the command line's documents.
  mutating func commandLine(
    _ arguments: [DocumentArgument], inputName: String?, asOf moment: Timestamp
  ) throws(Refusal) -> CopyInput {
    var input = CopyInput(name: "command line", asOf: moment)
    for argument in arguments {
      switch argument.location {
      case .none:
        let option = argument.use.option ?? ""
        input.absences.append(Absence(of: argument.use, origin: "`\(option) none`"))
      case .input:
        input.documents.append(try self.input(named: inputName ?? "<stdin>", as: argument.use))
      case .path(let path):
        for path in try paths(at: path, as: argument.use) {
          input.documents.append(try document(at: path, as: argument.use))
        }
      }
    }
    return input
  }

  /// The files of a folder, where any document may stand; otherwise the path itself.
  private func paths(at path: String, as use: Document.Use) throws(Refusal) -> [String] {
    guard use == .anything, surroundings.isFolder(path) else { return [path] }
    let prefix = path.hasSuffix("/") ? path : path + "/"
    let paths = try surroundings.documents(below: prefix) { path in
      Self.isDocument(path) || path.hasSuffix(".csv") && surroundings.holdsInventory(path)
    }
    guard !paths.isEmpty else {
      throw Refusal(
        "there is no document in `\(path)`",
        help: "documents end in `.json`, `.yaml`, `.yml` or `.template`")
    }
    return paths
  }

  /// Whether a file's name is one that documents have.
  static func isDocument(_ path: String) -> Bool {
    [".json", ".yaml", ".yml", ".template"].contains { path.hasSuffix($0) }
  }

  /// A manifest's copy with the documents that it names.
  mutating func copy(
    _ copy: Manifest.Copy, of file: ManifestFile, asOf moment: Timestamp
  ) throws(Refusal) -> CopyInput {
    let search = PathSearch(folder: file.folder, surroundings: surroundings)
    let boundary = RepositoryBoundary(around: file.folder, in: surroundings)
    var documents: [Document] = []
    for reference in copy.references {
      for found in try search.paths(of: reference.pattern) {
        try boundary.check(found, at: reference.pattern.place)
        for path in try paths(at: found, as: reference.use) {
          documents.append(try document(at: path, as: reference.use))
        }
      }
    }
    return copy.input(documents: documents, asOf: moment)
  }
}

extension CopyInput {
  /// Takes in what options state; it wins over what a manifest does.
  mutating func state(_ stated: [StatedFact], asOf moment: Timestamp?) {
    let names = Set(stated.map(\.name))
    facts.removeAll { names.contains($0.name) }
    facts += stated
    if let moment { asOf = moment }
  }
}

extension Document {
  fileprivate init(_ content: Content, as use: Use) {
    switch content {
    case .text(let source): self.init(source, as: use)
    case .undecodable(let failure): self.init(undecodable: failure, as: use)
    case .stream(let stream): self.init(stream)
    }
  }
}

extension Document.Content {
  /// A file's bytes as text; what is no text is kept as a failure.
  init(_ bytes: [UInt8], path: String) {
    do throws(SyntaxFailure) {
      self = .text(try Source.decoding(bytes, path: path))
    } catch {
      self = .undecodable(error)
    }
  }
}
