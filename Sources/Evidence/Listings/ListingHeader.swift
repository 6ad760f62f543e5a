/// What the answer of `list-objects-v2` says beside its objects.
struct ListingHeader: Sendable {
  /// The bucket; the AWS CLI leaves it out where it joins pages.
  var name: String?
  /// What all keys begin with.
  var prefix: String?
  /// Only keys after this one are listed.
  var startAfter: String?
  /// Which page it is, where it is not the first.
  var continuationToken: String?
  /// What asks for the next page.
  var nextToken: String?
  var isTruncated = false
  /// Whether keys are encoded for a URL.
  var isEncoded = false
  /// Whether objects of some folders are left out.
  var hasCommonPrefixes = false
  var hasObjectWithoutKey = false

  /// Takes in one member.
  mutating func read(_ text: Span<UInt8>, name: Range<Int>, value: Range<Int>) {
    if text.has("IsTruncated", in: name) {
      isTruncated = text.has("true", in: value)
      return
    }
    guard text[value.lowerBound] == UInt8(ascii: "\"") else { return }
    let inner = (value.lowerBound + 1)..<(value.upperBound - 1)
    var decoder = KeyDecoder()
    let content =
      decoder.decodeEscapes(text, inner)
      ? String(decoding: decoder.key, as: UTF8.self) : text.text(inner)
    guard !content.isEmpty else { return }
    if text.has("Name", in: name) {
      self.name = content
    } else if text.has("Prefix", in: name) {
      prefix = content
    } else if text.has("StartAfter", in: name) || text.has("Marker", in: name) {
      startAfter = content
    } else if text.has("ContinuationToken", in: name) {
      continuationToken = content
    } else if text.has("NextContinuationToken", in: name) || text.has("NextToken", in: name) {
      nextToken = content
    } else if text.has("EncodingType", in: name) {
      isEncoded = content == "url"
    }
  }
}
