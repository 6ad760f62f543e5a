import PolicyModel
import Testing

@testable import Checks

@Suite struct `Marks in a text` {
  struct Case: Sendable, CustomTestStringConvertible {
    var marked: String
    var lines: [String]?

    var testDescription: String { marked }
  }

  @Test(arguments: [
    Case(marked: "plain", lines: ["plain"]),
    Case(marked: "a «b» c", lines: ["a b c", "  ^"]),
    Case(marked: "é «ü»\nx\n", lines: ["é ü", "  ^", "x"]),
    Case(marked: "«one\n  two»", lines: ["one", "^^^", "  two", "  ^^^"]),
    Case(marked: "«a» «b»", lines: ["a b", "^ ^"]),
    Case(marked: "ab«»c\nd", lines: ["abc", "  ^", "d"]),
    Case(marked: "«open", lines: nil),
    Case(marked: "close»", lines: nil),
    Case(marked: "«a«b»»", lines: nil),
  ])
  func `Marks become carets`(_ example: Case) {
    #expect(MarkedText(example.marked)?.linesWithCarets == example.lines)
  }
}

@Suite struct `A rule's page` {
  private static let text = """
    id: tidy-role
    summary: the role is tidy
    severity: error
    otherwise: note
    check: access
    with: {principal: role, action: "s3:*", resource: bucket}
    needs: [--role]
    explanation: |
      The first line stands alone.

      - One point that is long enough
        to need a second line
      - another "point"

          verbatim   text

      The end.
    sources: [{title: A guide, url: "https://example.com/a"}]
    bad: [{about: untidy, document: role, statement: '{"Action": «"*"»}', options: {keep-days: 9}}]
    good: [{document: trust, text: '{}'}]
    """

  private static func rule() throws -> Rule {
    try #require(RuleFile(Source(path: "tidy-role.yaml", text)).rule)
  }

  @Test func `In a terminal it is wrapped to the width`() throws {
    #expect(
      RulePage.text(for: try Self.rule(), width: 44) == """
        tidy-role: the role is tidy

        error where it decides an access, else note · custom rule

        The first line stands alone.

        - One point that is long enough to need a
          second line
        - another "point"

            verbatim   text

        The end.

        Checked with
          `access`: principal `role`, action `s3:*`,
            resource `bucket`

        Looks at
          --role

        Found at the carets
          in the role's permissions, untidy:
            {"Action": "*"}
                       ^^^

            and on the command line:
            --keep-days 9

        As it should be
          in the role's trust policy:
            {}

        Sources
          A guide
            https://example.com/a

        """)
  }

  @Test func `In Markdown it has headings, fences and links`() throws {
    let page = RulePage.markdown(for: try Self.rule())
    #expect(
      page == """
        # tidy-role

        The role is tidy.

        **Severity**: error where it decides an access, else note · **Category**: custom rule

        The first line stands alone.

        - One point that is long enough
          to need a second line
        - another "point"

            verbatim   text

        The end.

        ## Found

        In the role's permissions, untidy:

        ```text
        {"Action": "*"}
                   ^^^

        and on the command line:
        --keep-days 9
        ```

        ## As it should be

        In the role's trust policy:

        ```text
        {}
        ```

        ## How it is decided

        Check `access`: principal `role`, action `s3:*`, resource `bucket`.

        Looks at `--role`.

        ## Sources

        - [A guide](https://example.com/a)

        """)
  }

  @Test func `As JSON it is one object that JSON readers take`() throws {
    let text = RulePage.json(for: try Self.rule())
    let root = try Tree.parse(Source(path: "page.json", text)).root
    #expect(root["id"]?.string == "tidy-role")
    #expect(root["otherwise"]?.string == "note")
    #expect(root[path: "with", "action"]?.string == "s3:*")
    #expect(root["needs"]?.elements.map(\.string) == ["--role"])
    let bad = try #require(root["bad"]?.elements.first { _ in true })
    #expect(bad[path: "statement", "text"]?.string == "{\"Action\": \"*\"}")
    let mark = try #require(bad[path: "statement", "marks"]?.elements.first { _ in true })
    #expect(mark["start"]?.integer == 11)
    #expect(mark["end"]?.integer == 14)
    #expect(root["explanation"]?.string?.contains("another \"point\"\n") == true)
  }

  @Test func `The list has a line a rule, with severities as configured`() throws {
    var catalog = RuleCatalog([try Self.rule(), try #require(RuleCatalog.builtIn["s3-get-object"])])
    catalog.setSeverities(["s3-get-object": .warning])
    #expect(
      RulePage.list(catalog) == """
        tidy-role      error    the role is tidy
        s3-get-object  warning  the role can read every log file below the source prefix

        """)
    let root = try Tree.parse(Source(path: "list.json", RulePage.json(for: catalog))).root
    #expect(root["version"]?.integer == 1)
    #expect(root["rules"]?.elements.map { $0["severity"]?.string } == ["error", "warning"])
  }
}
