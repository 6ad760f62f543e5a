import PolicyModel

extension DraftValue {
  /// The value as a JSON document, indented for people.
  package var json: String {
    var writer = JSONWriter(isIndented: true)
    write(to: &writer)
    writer.lineBreak()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private func write(to writer: inout JSONWriter) {
    switch self {
    case .text(let text): writer.string(text)
    case .list(let elements):
      writer.beginArray()
      for element in elements { element.write(to: &writer) }
      writer.endArray()
    case .object(let members):
      writer.beginObject()
      for member in members {
        writer.key(named: member.name)
        member.value.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
