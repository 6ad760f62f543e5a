package import PolicyModel

extension Source {
  /// The bytes of a file that holds the text, in the file's encoding and with its byte order mark.
  package var bytes: [UInt8] {
    switch encoding {
    case .utf8: text
    case .utf8WithByteOrderMark: [0xEF, 0xBB, 0xBF] + text
    case .utf16LittleEndian: utf16(low: 0)
    case .utf16BigEndian: utf16(low: 1)
    }
  }

  private func utf16(low: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(2 * text.count + 2)
    for unit in [0xFEFF] + String(decoding: text, as: UTF8.self).utf16 {
      let pair = [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)]
      bytes.append(pair[low])
      bytes.append(pair[1 - low])
    }
    return bytes
  }
}
