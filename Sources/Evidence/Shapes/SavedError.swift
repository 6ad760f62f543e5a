import PolicyModel

/// What the AWS CLI printed when a call failed, saved as plain text.
///
/// `An error occurred (NoSuchBucketPolicy) when calling the GetBucketPolicy operation: …`
struct SavedError: Hashable, Sendable {
  /// The error, such as `NoSuchBucketPolicy`.
  let code: String
  /// The call, such as `GetBucketPolicy`; empty where the text does not say.
  let operation: String
  /// Where the message stands.
  let place: Place

  /// Finds the message at the start of a text that is no document.
  init?(_ source: Source) {
    // A document may quote such a message; the AWS CLI prints little before it.
    let head = source.text.prefix(Self.furthestStart)
    guard let first = head.first(where: { $0 > 0x20 }),
      first != UInt8(ascii: "{"), first != UInt8(ascii: "["),
      let start = head.firstRange(ofBytes: Self.opening)
    else { return nil }
    let rest = source.text[start.upperBound...].prefix(Self.longestName)
    guard let end = rest.firstIndex(of: UInt8(ascii: ")")) else { return nil }
    code = String(decoding: rest[..<end], as: UTF8.self)
    guard !code.isEmpty,
      code.utf8.allSatisfy({ AWSNames.isDigit($0) || (0x41...0x7A).contains($0) })
    else { return nil }
    let tail = source.text[end...].prefix(Self.longestName)
    if let calling = tail.firstRange(ofBytes: Self.calling) {
      let name = tail[calling.upperBound...].prefix { (0x30...0x7A).contains($0) }
      operation = String(decoding: name, as: UTF8.self)
    } else {
      operation = ""
    }
    let line =
      source.text[start.lowerBound...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == 0x0D }
      ?? source.text.endIndex
    place = Place(source: source, range: start.lowerBound..<line)
  }

  /// Reads the error of an SDK or of `aws --output json`: `{"Error": {"Code": …, "Message": …}}`.
  init?(_ root: Node) {
    guard root.kind == .object else { return nil }
    let body = root["Error"]?.kind == .object ? root["Error"] : root
    guard let code = body?["Code"] ?? body?["__type"],
      let message = body?["Message"] ?? body?["message"],
      code.kind == .string, message.kind == .string, let text = code.string
    else { return nil }
    // Protocols put a namespace before the name: `com.amazonaws.…#NoSuchThing`.
    self.code = text.split(separator: "#").last.map(String.init) ?? text
    guard Self.isName(self.code) else { return nil }
    operation = ""
    place = code.place
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { AWSNames.isDigit($0) || (0x41...0x7A).contains($0) || $0 == 0x2E }
  }

  /// What the document is, in words that can follow "this is".
  var name: String {
    operation.isEmpty ? "the error `\(code)`" : "the error `\(code)` of `\(operation)`"
  }

  private static let opening = Array("An error occurred (".utf8)
  private static let calling = Array("when calling the ".utf8)
  private static let furthestStart = 512
  private static let longestName = 256
}

extension ShapeReader {
  /// Keeps what a failed call says by failing.
  mutating func keep(_ error: SavedError) {
    switch error.code {
    case "NoSuchBucketPolicy":
      dossier.absences.append(
        LayerAbsence(
          layer: .bucket, origin: origin, place: error.place, isStated: use == .bucket))
    case "OwnershipControlsNotFoundError":
      dossier.facts.hasNoOwnershipControls.documents.append(
        Said(true, by: origin, at: error.place))
    case "AWSOrganizationsNotInUseException":
      dossier.facts.isOutsideOrganizations.documents.append(
        Said(true, by: origin, at: error.place))
    case "NoSuchPublicAccessBlockConfiguration":
      dossier.facts.restrictsPublicBuckets.documents.append(
        Said(false, by: origin, at: error.place))
    case "NoSuchLifecycleConfiguration":
      dossier.hasNoLifecycle = true
    case "ServerSideEncryptionConfigurationNotFoundError":
      // Amazon S3 encrypts everything: a bucket that says nothing has the keys of S3 itself.
      dossier.facts.defaultEncryption.documents.append(
        Said("AES256", by: origin, at: error.place))
    default:
      break
    }
  }
}
