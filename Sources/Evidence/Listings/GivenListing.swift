package import PolicyModel

/// A listing that is too large to be kept: read in pieces once it is known what is copied.
package struct ListingStream: Hashable, Sendable {
  /// Its form.
  package let format: ListingFormat
  /// Stands for the file, without its text.
  package let source: Source

  package init(_ format: ListingFormat, path: String) {
    self.format = format
    source = Source(path: path, text: [])
  }
}

/// A listing as it was given, to be counted when it is known what is copied.
enum GivenListing: Sendable {
  /// An answer of `list-objects-v2` that was parsed.
  case answer(Node)
  /// Rows of an inventory that are kept.
  case rows(Source)
  /// A listing that is not kept.
  case stream(ListingStream)
}

extension ListingReading {
  /// Counts the objects of an answer that was parsed, from JSON or YAML.
  init(answer root: Node, _ scope: ListingScope) {
    var header = ListingHeader(root)
    var tally = ListingTally(origin: ListingFormat.objects.origin, scope: scope)
    var decodedTally = header.isEncoded ? tally : nil
    for node in root.kind == .array ? root.elements : root.list("Contents") {
      guard let key = node["Key"], key.kind == .string else {
        header.hasObjectWithoutKey = true
        continue
      }
      let storage = node["StorageClass"]
      let bytes = key.withContent { Array($0) }
      let object = ListedObject(node)
      func count(_ bytes: [UInt8], _ tally: inout ListingTally) {
        let notes = tally.count(bytes.span, object)
        guard !notes.isEmpty else { return }
        tally.keep(
          notes, object, key: String(decoding: bytes, as: UTF8.self),
          storage: storage?.string ?? "", keyPlace: key.place, storagePlace: (storage ?? key).place)
      }
      count(bytes, &tally)
      if var decoded = decodedTally.take() {
        var decoder = KeyDecoder()
        decoder.decode(bytes.span, bytes.indices)
        count(decoder.key, &decoded)
        decodedTally = decoded
      }
    }
    if let decodedTally, !tally.isTruer(than: decodedTally) { tally = decodedTally }
    self.init(format: .objects, summary: tally.finished(), failure: nil)
    self.header = header
  }
}

extension ListingHeader {
  /// What a parsed answer says beside its objects.
  fileprivate init(_ root: Node) {
    guard root.kind == .object else { return }
    isEncoded = root["EncodingType"]?.hasContent("url") == true
    func text(_ node: Node?) -> String? {
      node?.string.flatMap { $0.isEmpty ? nil : $0 }
    }
    name = text(root["Name"])
    prefix = text(root["Prefix"])
    startAfter = text(root["StartAfter"]) ?? text(root["Marker"])
    continuationToken = text(root["ContinuationToken"])
    nextToken = text(root["NextContinuationToken"]) ?? text(root["NextToken"])
    isTruncated = root["IsTruncated"]?.boolean == true
    hasCommonPrefixes = (root["CommonPrefixes"]?.count ?? 0) > 0
  }
}

extension ListedObject {
  /// Reads an element of `Contents`.
  fileprivate init(_ node: Node) {
    if let storage = node["StorageClass"], storage.kind == .string {
      self.storage = storage.withContent { Storage($0.span, 0..<$0.count) }
    }
    guard let status = node["RestoreStatus"], status.kind == .object else { return }
    if status["IsRestoreInProgress"]?.boolean == true {
      restore = .inProgress
    } else if let expiry = status["RestoreExpiryDate"]?.scalarText
      .flatMap(Timestamp.init(awsTimestamp:))
    {
      restore = .done(until: expiry)
    }
  }
}
