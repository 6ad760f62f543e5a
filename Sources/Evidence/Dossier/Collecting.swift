import PolicyModel

extension Dossier {
  /// Reads all documents, and tells what each was recognised as.
  static func collecting(
    _ documents: [Document], deployedIn deployment: Deployment
  ) -> (Dossier, [RecognisedDocument]) {
    var dossier = Dossier()
    dossier.deployment = deployment
    var recognised: [RecognisedDocument] = []
    for document in documents {
      let name = dossier.read(document)
      recognised.append(
        RecognisedDocument(source: document.source, option: document.use.option, name: name))
    }
    return (dossier, recognised)
  }

  /// Reads one document and names what it is; nil where nothing recognises it.
  private mutating func read(_ document: Document) -> String? {
    let source: Source
    switch document.content {
    case .undecodable(let failure):
      keep(failure, of: document)
      return failure.isAboutCompression ? "a file compressed with gzip" : nil
    case .text(let text): source = text
    case .stream(let stream):
      listings.append(.stream(stream))
      return stream.format.name
    }
    if document.use == .anything, ListingFormat.isInventory(source) {
      listings.append(.rows(source))
      return ListingFormat.inventory.name
    }
    if document.use == .anything, InventoryManifest.isChecksum(source) {
      return "the checksum of an S3 Inventory's manifest"
    }
    if let error = SavedError(source) {
      read(error, in: document)
      return error.name
    }
    do throws(SyntaxFailure) {
      var root = try Tree.parse(source).root
      if let error = SavedError(root) {
        read(error, in: document)
        return error.name
      }
      // `--query Policy` prints the policy as one string.
      if root.kind == .string, root.embedsDocument { root = try root.embeddedDocument().root }
      return read(root, of: document)
    } catch {
      keep(error, of: document)
      return nil
    }
  }

  private mutating func keep(_ failure: SyntaxFailure, of document: Document) {
    findings.append(Finding(failure))
    guard let layer = document.use.layer else { return }
    unreadable.append(
      Said(layer, by: document.use.option.map { "`\($0)`" } ?? "", at: failure.place))
  }

  private mutating func read(_ root: Node, of document: Document) -> String? {
    let shape = Shape.recognising(root)
    guard let wanted = document.use.wanted else {
      guard let shape else { return nil }
      run(shape, on: root, as: document.use)
      return shape.name(of: root)
    }
    if let shape, shape.carries.contains(wanted) {
      run(shape, on: root, as: document.use)
      return shape.name
    }
    let option = document.use.option ?? ""
    guard let shape else {
      // Nothing else it could be: read as a policy, whose grammar says what is missing.
      run(.policy, on: root, as: document.use)
      return Shape.policy.name
    }
    findings.append(.unexpected(shape.name, at: root.place, given: document.use))
    unreadable.append(
      Said(document.use.layer ?? .foreign, by: "`\(option)`", at: root.place))
    return shape.name
  }

  private mutating func read(_ error: SavedError, in document: Document) {
    let isExpected = document.use == .bucket && error.code == "NoSuchBucketPolicy"
    if let layer = document.use.layer, !isExpected {
      findings.append(.unexpected(error.name, at: error.place, given: document.use))
      unreadable.append(Said(layer, by: error.name, at: error.place))
    }
    var reader = ShapeReader(
      dossier: self, use: document.use, origin: error.name, deployment: deployment)
    reader.keep(error)
    self = reader.dossier
  }

  private mutating func run(_ shape: Shape, on root: Node, as use: Document.Use) {
    var reader = ShapeReader(
      dossier: Dossier(), use: use, origin: shape.name, deployment: deployment)
    swap(&reader.dossier, &self)
    shape.read(root, &reader)
    swap(&reader.dossier, &self)
  }

  /// Adds what options or settings say there is none of.
  mutating func add(_ absences: [Absence]) {
    for absence in absences {
      guard let layer = absence.use.layer else { continue }
      self.absences.append(
        LayerAbsence(
          layer: layer, origin: absence.origin, place: absence.place, isStated: true))
      if layer == .key {
        facts.isWithoutKeys.options.append(Said(true, by: absence.origin, at: absence.place))
      }
    }
  }
}

extension Finding {
  /// A document that was given with an option it does not fit.
  fileprivate static func unexpected(
    _ name: String, at place: Place, given use: Document.Use
  ) -> Finding {
    Finding(
      "policy-grammar", .error,
      "`\(use.option ?? "")` wants \(use.noun), but this is \(name)", at: place,
      help: "give it without an option, and \(use.noun) with `\(use.option ?? "")`")
  }
}

extension Node {
  /// Whether a string begins like a JSON object, encoded or not.
  fileprivate var embedsDocument: Bool {
    withContent { bytes in
      let first = bytes.first { $0 > 0x20 }
      return first == UInt8(ascii: "{") || first == UInt8(ascii: "%")
    }
  }
}
