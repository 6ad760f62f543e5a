import Testing

@testable import Fixing

@Suite struct `Edits of text` {
  @Test func `Edits are made together`() {
    let text = Array("abcdef".utf8)
    let edits = [
      TextEdit(4..<5, ""), .insert("-", at: 1), TextEdit(1..<3, "XYZ"), .insert("!", at: 6),
    ]
    #expect(String(decoding: edits.applied(to: text), as: UTF8.self) == "a-XYZdf!")
  }

  @Test func `Edits overlap where they change the same bytes or insert at the same place`() {
    #expect(TextEdit(1..<3, "").overlaps(TextEdit(2..<4, "")))
    #expect(TextEdit(1..<3, "").overlaps(.insert("x", at: 2)))
    #expect(TextEdit.insert("x", at: 2).overlaps(.insert("y", at: 2)))
    #expect(!TextEdit(1..<3, "").overlaps(.insert("x", at: 1)))
    #expect(!TextEdit(1..<3, "").overlaps(.insert("x", at: 3)))
    #expect(!TextEdit(1..<3, "").overlaps(TextEdit(3..<4, "")))
  }
}
