import CLibYAML

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What libyaml found next in a text.
package struct YAMLEvent: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case streamStart
    case streamEnd
    case documentStart
    case documentEnd
    case alias
    case scalar(ScalarStyle)
    case sequenceStart
    case sequenceEnd
    case mappingStart
    case mappingEnd
  }

  package enum ScalarStyle: Hashable, Sendable {
    case plain
    case singleQuoted
    case doubleQuoted
    case literal
    case folded
  }

  package var kind: Kind
  /// Where it begins and ends, in code points: libyaml's marks count them, not bytes.
  package var start: Int
  package var end: Int
}

/// Why libyaml stopped, in its own words.
package struct YAMLProblem: Error, Hashable, Sendable {
  package var problem: String
  /// In code points; in bytes where `isByteOffset`.
  package var offset: Int
  /// Whether the offset counts bytes: the reader below the scanner found it.
  package var isByteOffset = false
  /// What libyaml was doing, such as `while parsing a block mapping`.
  package var context: String?
  /// Where that began, in code points.
  package var contextOffset = 0
}

/// libyaml's parser over one text.
///
/// The C struct points into itself, so it lives at an address of its own that this value owns; the
/// text is copied there for the same reason.
@safe package struct YAMLParser: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let event: UnsafeMutablePointer<yaml_event_t>
  private let input: UnsafeMutableBufferPointer<UInt8>
  private let isReady: Bool

  /// Makes a parser of a text in UTF-8.
  package init(_ text: [UInt8]) {
    unsafe parser = .allocate(capacity: 1)
    unsafe parser.initialize(to: yaml_parser_t())
    unsafe event = .allocate(capacity: 1)
    unsafe event.initialize(to: yaml_event_t())
    unsafe input = .allocate(capacity: text.count)
    _ = unsafe input.initialize(from: text)
    isReady = unsafe yaml_parser_initialize(parser) == 1
    guard isReady else { return }
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, input.baseAddress, input.count)
  }

  deinit {
    unsafe yaml_event_delete(event)
    unsafe event.deallocate()
    if isReady { unsafe yaml_parser_delete(parser) }
    unsafe parser.deallocate()
    unsafe input.deallocate()
  }

  /// Goes on to the next event.
  ///
  /// Not to be called after the stream's end or a problem.
  package mutating func next() throws(YAMLProblem) -> YAMLEvent {
    unsafe yaml_event_delete(event)
    guard isReady else { throw YAMLProblem(problem: "out of memory", offset: 0) }
    guard unsafe yaml_parser_parse(parser, event) == 1 else { throw problem }
    return unsafe YAMLEvent(
      kind: kind, start: event.pointee.start_mark.index, end: event.pointee.end_mark.index)
  }

  private var kind: YAMLEvent.Kind {
    switch unsafe event.pointee.type {
    case YAML_STREAM_START_EVENT: .streamStart
    case YAML_DOCUMENT_START_EVENT: .documentStart
    case YAML_DOCUMENT_END_EVENT: .documentEnd
    case YAML_ALIAS_EVENT: .alias
    case YAML_SCALAR_EVENT: .scalar(style)
    case YAML_SEQUENCE_START_EVENT: .sequenceStart
    case YAML_SEQUENCE_END_EVENT: .sequenceEnd
    case YAML_MAPPING_START_EVENT: .mappingStart
    case YAML_MAPPING_END_EVENT: .mappingEnd
    default: .streamEnd
    }
  }

  private var style: YAMLEvent.ScalarStyle {
    switch unsafe event.pointee.data.scalar.style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }

  private var problem: YAMLProblem {
    let state = unsafe parser.pointee
    let words = unsafe state.problem.map { unsafe String(cString: $0) } ?? "out of memory"
    guard unsafe state.error != YAML_READER_ERROR else {
      return unsafe YAMLProblem(problem: words, offset: state.problem_offset, isByteOffset: true)
    }
    return unsafe YAMLProblem(
      problem: words, offset: state.problem_mark.index,
      context: state.context.map { unsafe String(cString: $0) },
      contextOffset: state.context_mark.index)
  }
}

// MARK: - The present event

extension YAMLParser {
  /// Whether the value has a tag or an anchor, which few have.
  package var hasProperties: Bool {
    switch unsafe event.pointee.type {
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.pointee.data.scalar
      return unsafe scalar.anchor != nil || scalar.tag != nil
    case YAML_SEQUENCE_START_EVENT:
      let sequence = unsafe event.pointee.data.sequence_start
      return unsafe sequence.anchor != nil || sequence.tag != nil
    case YAML_MAPPING_START_EVENT:
      let mapping = unsafe event.pointee.data.mapping_start
      return unsafe mapping.anchor != nil || mapping.tag != nil
    default:
      return false
    }
  }

  /// The anchor that names the value, or the anchor that an alias refers to.
  package var anchor: String? {
    switch unsafe event.pointee.type {
    case YAML_ALIAS_EVENT: unsafe string(event.pointee.data.alias.anchor)
    case YAML_SCALAR_EVENT: unsafe string(event.pointee.data.scalar.anchor)
    case YAML_SEQUENCE_START_EVENT: unsafe string(event.pointee.data.sequence_start.anchor)
    case YAML_MAPPING_START_EVENT: unsafe string(event.pointee.data.mapping_start.anchor)
    default: nil
    }
  }

  /// The value's tag with its prefix resolved: `!Sub`, `tag:yaml.org,2002:str`.
  package var tag: String? {
    switch unsafe event.pointee.type {
    case YAML_SCALAR_EVENT: unsafe string(event.pointee.data.scalar.tag)
    case YAML_SEQUENCE_START_EVENT: unsafe string(event.pointee.data.sequence_start.tag)
    case YAML_MAPPING_START_EVENT: unsafe string(event.pointee.data.mapping_start.tag)
    default: nil
    }
  }

  private func string(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    unsafe pointer.map { unsafe String(cString: $0) }
  }

  /// The decoded content of a scalar.
  package var content: [UInt8] { unsafe Array(contentBuffer) }

  /// How many bytes the decoded content of a scalar has.
  package var contentCount: Int { unsafe contentBuffer.count }

  /// Whether the decoded content of a scalar is a slice of a text.
  package func hasContent(_ text: [UInt8], _ range: Range<Int>) -> Bool {
    let content = unsafe contentBuffer
    guard content.count == range.count, let start = content.baseAddress else {
      return content.count == range.count
    }
    return unsafe text[range].withUnsafeBufferPointer { slice in
      guard let wanted = slice.baseAddress else { return slice.isEmpty }
      return unsafe memcmp(start, wanted, slice.count) == 0
    }
  }

  /// Whether a scalar's decoded content is these words.
  package func hasContent(_ words: StaticString) -> Bool {
    let content = unsafe contentBuffer
    return words.withUTF8Buffer { unsafe content.elementsEqual($0) }
  }

  private var contentBuffer: UnsafeBufferPointer<UInt8> {
    guard unsafe event.pointee.type == YAML_SCALAR_EVENT else {
      return unsafe UnsafeBufferPointer(start: nil, count: 0)
    }
    return unsafe UnsafeBufferPointer(
      start: event.pointee.data.scalar.value, count: event.pointee.data.scalar.length)
  }
}
