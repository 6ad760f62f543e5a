import Checks
import PolicyModel
import Reporting
import Testing

/// Findings over small texts; the first mark is the finding's, further ones are related.
@Suite struct `Frames of source` {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var labels: [String]
    var width: Int?
    var frame: String
    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "the form of the style guide",
      text: "{\n\n      \"Effect\": ‹2›\"Allow\"‹/2›,\n\n      \"Action\": ‹1›\"*\"‹/1›,\n}",
      labels: ["matches all actions", "the statement allows here"],
      frame: """
          --> a.json:5:17
           |
         3 |       "Effect": "Allow",
           |                 ------- the statement allows here
         5 |       "Action": "*",
           |                 ^^^ matches all actions
        """),
    Case(
      name: "two labels on one line", text: "‹2›one‹/2›, ‹1›two‹/1›", labels: ["right", "left"],
      frame: """
          --> a.json:1:6
           |
         1 | one, two
           | ---  ^^^ right
           | |
           | left
        """),
    Case(
      name: "three labels on one line", text: "‹1›one‹/1›, ‹2›two‹/2›, ‹3›three‹/3›",
      labels: ["first", "second", "third"],
      frame: """
          --> a.json:1:1
           |
         1 | one, two, three
           | ^^^  ---  ----- third
           | |    |
           | |    second
           | first
        """),
    Case(
      name: "a range inside of another", text: "‹2›outer ‹1›inner‹/1› rest‹/2›",
      labels: ["small", "large"],
      frame: """
          --> a.json:1:7
           |
         1 | outer inner rest
           | ------^^^^^-----
           | |     |
           | |     small
           | large
        """),
    Case(
      name: "both ranges alike", text: "‹1›‹2›same‹/2›‹/1›", labels: ["primary", "related"],
      frame: """
          --> a.json:1:1
           |
         1 | same
           | ^^^^ primary
           | |
           | related
        """),
    Case(
      name: "several lines from the first character", text: "a\n  ‹1›{\n    b\n  }‹/1›",
      labels: ["all of it"],
      frame: """
          --> a.json:2:3
           |
         2 | /   {
         3 | |     b
         4 | |   }
           | |___^ all of it
        """),
    Case(
      name: "several lines from the middle", text: "key: ‹1›{\n  b\n}‹/1›", labels: ["all of it"],
      frame: """
          --> a.json:1:6
           |
         1 |   key: {
           |  ______^
         2 | |   b
         3 | | }
           | |_^ all of it
        """),
    Case(
      name: "brackets inside of each other",
      text: "‹2›{\n  ‹1›[\n    1\n  ]‹/1›\n}‹/2›", labels: ["inner", "outer"],
      frame: """
          --> a.json:2:3
           |
         1 | /   {
         2 | | /   [
         3 | | |     1
         4 | | |   ]
           | | |___^ inner
         5 | |   }
           | |___- outer
        """),
    Case(
      name: "a long range", text: "‹1›{\n2\n3\n4\n5\n6\n7\n}‹/1›\n", labels: ["x"],
      frame: """
          --> a.json:1:1
           |
         1 | / {
         2 | | 2
        ...  |
         8 | | }
           | |_^ x
        """),
    Case(
      name: "an empty range at the line's end", text: "a,\nb‹1›‹/1›\n",
      labels: ["expected a comma"],
      frame: """
          --> a.json:2:2
           |
         2 | b
           |  ^ expected a comma
        """),
    Case(
      name: "an empty text", text: "‹1›‹/1›", labels: ["empty"],
      frame: """
          --> a.json:1:1
           |
         1 |
           | ^ empty
        """),
    Case(
      name: "the end of a text with a final line break", text: "{\n‹1›‹/1›", labels: ["unclosed"],
      frame: """
          --> a.json:2:1
           |
         2 |
           | ^ unclosed
        """),
    Case(
      name: "a range with its line break", text: "a\r\n‹1›bc\r\n‹/1›d", labels: ["gone"],
      frame: """
          --> a.json:2:1
           |
         2 | bc
           | ^^ gone
        """),
    Case(
      name: "tabs", text: "\t\ta\t‹1›b‹/1›", labels: [""],
      frame: """
          --> a.json:1:5
           |
         1 |         a    b
           |              ^
        """),
    Case(
      name: "wide characters, marks and pictures",
      text: "日本 e\u{301} 👩‍👩‍👧 🇩🇪 ☀\u{fe0f} ‹1›한국‹/1› x", labels: ["wide"],
      frame: """
          --> a.json:1:19
           |
         1 | 日本 e\u{301} 👩‍👩‍👧 🇩🇪 ☀\u{fe0f} 한국 x
           |                 ^^^^ wide
        """),
    Case(
      name: "control characters and spaces that are none",
      text: "a\u{1b}[31m\u{202e}b\u{200b}\u{a0}\u{85}‹1›c‹/1›\u{2028}\u{7f}\u{9b}", labels: ["x"],
      frame: #"""
          --> a.json:1:12
           |
         1 | a\u{1b}[31m\u{202e}b\u{200b}\u{a0}\u{85}c\u{2028}\u{7f}\u{9b}
           |                                         ^ x
        """#),
    Case(
      name: "a long line",
      text: String(repeating: "abcd", count: 5000) + "‹1›HERE‹/1›"
        + String(repeating: "efgh", count: 5000), labels: ["x"], width: 40,
      frame: """
          --> a.json:1:20001
           |
         1 | …bcdabcdabcdabcdHEREefghefghefghef…
           |                 ^^^^ x
        """),
    Case(
      name: "a long range in a long line",
      text: String(repeating: "é", count: 90) + "‹1›" + String(repeating: "0123456789", count: 9)
        + "‹/1›" + String(repeating: "ü", count: 90), labels: ["x"], width: 40,
      frame: """
          --> a.json:1:91
           |
         1 | …ééééé0123456789012345…3456789üüüüü…
           |       ^^^^^^^^^^^^^^^^^^^^^^^^ x
        """),
    Case(
      name: "two ranges far apart in a long line",
      text: "‹2›first‹/2›" + String(repeating: "x", count: 900) + "‹1›second‹/1›",
      labels: ["one", "two"], width: 60,
      frame: """
          --> a.json:1:906
           |
         1 | firstxxxxxxxxxxxxxxxxxxxx…xxxxxxxxxxxxxxxxxxxsecond
           | -----                                        ^^^^^^ one
           | |
           | two
        """),
    Case(
      name: "ranges so close that nothing is hidden between",
      text: String(repeating: "-", count: 90) + "‹1›first‹/1›" + String(repeating: "x", count: 20)
        + "‹2›second‹/2›" + String(repeating: "+", count: 90), labels: ["one", "two"], width: 60,
      frame: """
          --> a.json:1:91
           |
         1 | …----------firstxxxxxxxxxxxxxxxxxxxxsecond+++++++++…
           |            ^^^^^                    ------ two
           |            |
           |            one
        """),
    Case(
      name: "labels that do not fit beside their marks",
      text: "‹1›0123456789012345678901234567‹/1›", labels: ["a label of twenty-seven columns"],
      width: 40,
      frame: """
          --> a.json:1:1
           |
         1 | 0123456789012345678901234567
           | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           | |
           | a label of twenty-seven columns
        """),
    Case(
      name: "a label that fits nowhere right of its mark",
      text: "01234567890123456789‹1›01234567‹/1›", labels: ["a label of twenty-seven columns"],
      width: 40,
      frame: """
          --> a.json:1:21
           |
         1 | 0123456789012345678901234567
           |                     ^^^^^^^^
           |                     |
           |     a label of twenty-seven columns
        """),
    Case(
      name: "the end of a long line", text: String(repeating: "1234567890", count: 50) + "‹1›}‹/1›",
      labels: ["x"], width: 40,
      frame: """
          --> a.json:1:501
           |
         1 | …90123456789012345678901234567890}
           |                                  ^
           |                                  |
           |                                  x
        """),
  ]

  @Test(arguments: cases) func `A frame shows`(_ example: Case) throws {
    let (source, ranges) = numbered(example.text)
    func place(_ index: Int) -> Place { Place(source: source, range: ranges[index]) }
    let finding = Finding(
      "a-rule", .error, "message", at: place(0), label: example.labels[0],
      related: example.labels.indices.dropFirst().map { Note(example.labels[$0], at: place($0)) })
    let text = render(
      [finding],
      RichReport.options {
        $0.width = example.width
        $0.isQuiet = true
      })
    #expect(text == "error[a-rule]: message\n" + example.frame + "\n")
  }

  @Test func `Another file has a block of its own, and notes without a place come last`() {
    let first = MarkedSource("a.json", "{\n«x»\n}")
    let second = MarkedSource("b.json", String(repeating: "\n", count: 99) + "«y»")
    let finding = Finding(
      "a-rule", .note, "message", at: first.place(0), label: "here",
      related: [Note("because"), Note("there", at: second.place(0, address: "Role"))],
      help: "do this")
    #expect(
      render([finding], RichReport.options { $0.isQuiet = true })
        == """
        note[a-rule]: message
           --> a.json:2:1
            |
          2 | x
            | ^ here
           ::: b.json:100:1 (`Role`)
            |
        100 | y
            | - there
            |
            = note: because
            = help: do this

        """.replacing("\n  ", with: "\n   ").replacing("\n100", with: "\n 100"))
  }

  @Test func `A minified file of megabytes with many findings is laid out in linear time`() {
    let unit = #"{"Sid":"é","Action":"s3:GetObject"},"#
    let source = Source(path: "big.json", String(repeating: unit, count: 50_000))
    let findings = (0..<2000).map { index in
      let start = index * 25 * unit.utf8.count
      return Finding(
        "a-rule", .note, "message", at: Place(source: source, range: start..<(start + 6)))
    }
    let clock = ContinuousClock()
    let time = clock.measure {
      #expect(render(findings, RichReport.options()).contains("big.json:1:"))
    }
    // Quadratic work takes minutes here.
    #expect(time < .seconds(20))
  }

  /// Text with ranges between `‹1›` and `‹/1›`, ordered by their numbers.
  private func numbered(_ marked: String) -> (Source, [Range<Int>]) {
    var text: [UInt8] = []
    var starts: [Int: Int] = [:]
    var ranges: [Int: Range<Int>] = [:]
    var rest = marked.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "‹" else {
        text += Array(String(scalar).utf8)
        continue
      }
      let isEnd = rest.first == "/"
      if isEnd { rest.removeFirst() }
      let number = rest.popFirst().flatMap { Int(String($0)) } ?? 0
      rest.removeFirst()
      if isEnd {
        ranges[number] = (starts[number] ?? 0)..<text.count
      } else {
        starts[number] = text.count
      }
    }
    return (
      Source(path: "a.json", text: text), ranges.sorted { $0.key < $1.key }.map(\.value)
    )
  }

  private func render(_ findings: [Finding], _ options: RenderingOptions) -> String {
    Reporting.render(
      Report(
        version: "1", asOf: Timestamp(seconds: 0), copies: [], findings: findings,
        documentCount: 1, isStrict: false), as: .text, options: options)
  }
}
