import Checks
import PolicyModel
import Reporting
import Testing

@Suite struct `HTML report` {
  /// A start tag with its attributes.
  private struct Tag {
    var name: String
    var attributes: [(name: String, value: String)] = []
  }

  /// The start tags of a page, as strict about quotes as our own markup is.
  private func tags(in page: String) -> [Tag] {
    var tags: [Tag] = []
    let body = page.split(separator: "</style>", maxSplits: 1).last ?? ""
    for part in body.split(separator: "<").dropFirst() where !part.hasPrefix("/") {
      let inside = part.prefix { $0 != ">" }
      var tag = Tag(name: String(inside.prefix { $0 != " " }))
      var rest = inside.drop { $0 != " " }
      while let equals = rest.firstIndex(of: "=") {
        let name = rest[..<equals].drop { $0 == " " }
        let value = rest[equals...].dropFirst(2).prefix { $0 != "\"" }
        tag.attributes.append((String(name), String(value)))
        rest = rest[value.endIndex...].dropFirst()
      }
      tags.append(tag)
    }
    return tags
  }

  private let hostile = render(
    HostileReport.report, as: .html, options: HostileReport.options())

  @Test func `A hostile document adds no element and no attribute`() {
    let elements: Set<String> = [
      "a", "article", "b", "body", "circle", "code", "dd", "del", "desc", "div", "dl", "dt", "em",
      "figcaption", "figure", "footer", "h1", "h2", "h3", "header", "ins", "li", "line", "main",
      "mark", "nav", "ol", "p", "path", "rect", "section", "span", "sup", "svg", "table", "tbody",
      "td", "text", "th", "thead", "time", "title", "tr", "ul", "!DOCTYPE", "html", "head", "meta",
      "link", "style",
    ]
    let attributes: Set<String> = [
      "aria-label", "aria-labelledby", "class", "cx", "cy", "d", "datetime", "height", "href", "id",
      "r", "rel", "role", "rx", "scope", "text-anchor", "viewBox", "width", "x", "x1", "x2", "y",
      "y1", "y2",
    ]
    let found = tags(in: hostile)
    #expect(found.count > 200)
    #expect(Set(found.map(\.name)).subtracting(elements) == [])
    #expect(Set(found.flatMap(\.attributes).map(\.name)).subtracting(attributes) == [])
    for (name, value) in found.flatMap(\.attributes) where name == "href" {
      #expect(value.hasPrefix("#"))
    }
  }

  @Test func `The head of a hostile page holds nothing of it but text`() {
    let head = hostile.prefix(
      upTo: hostile.firstRange(of: "<style>")?.lowerBound ?? hostile.endIndex)
    let names = head.split(separator: "<").map { $0.prefix { $0 != " " && $0 != ">" } }
    #expect(
      names == [
        "!DOCTYPE", "html", "head", "meta", "meta", "meta", "meta", "meta", "link", "title",
        "/title>\n"[..<"/title>\n".firstIndex(of: ">")!],
      ])
  }

  @Test func `A page needs no network and runs no script`() {
    let page = render(RichReport.report, as: .html, options: RichReport.options())
    #expect(page.contains("default-src 'none'"))
    #expect(!page.contains("<script"))
    #expect(!page.contains("@import"))
    #expect(!page.contains("url("))
    #expect(!page.contains(" src="))
    for (name, value) in tags(in: page).flatMap(\.attributes) where name == "href" {
      #expect(value.hasPrefix("#") || value.hasPrefix("https://example.com/rules/"))
    }
  }

  @Test func `Every id is given once, and every reference has its id`() {
    let page = render(RichReport.report, as: .html, options: RichReport.options())
    let all = tags(in: page).flatMap(\.attributes)
    let ids = all.filter { $0.name == "id" }.map(\.value)
    #expect(Set(ids).count == ids.count)
    let references =
      all.filter { $0.name == "href" && $0.value.hasPrefix("#") }.map { $0.value.dropFirst() }
      + all.filter { $0.name == "aria-labelledby" }.flatMap { $0.value.split(separator: " ") }
    #expect(!references.isEmpty)
    #expect(Set(references.map(String.init)).subtracting(ids) == [])
  }

  struct PictureCase: Sendable, CustomTestStringConvertible {
    var sentence: String
    var testDescription: String { sentence }
  }

  static let sentences = [
    PictureCase(
      sentence: "From CloudTrail to role service-role/copy (111122223333): "
        + "sts:AssumeRole not checked and confused-deputy not checked."),
    PictureCase(
      sentence: "From the role to source bucket acme-trail-logs: s3:ListBucket violated, "
        + "s3:GetBucketAcl proven and acls-disabled not checked."),
    PictureCase(
      sentence: "From the role to KMS key 1234abcd-12ab-34cd-56ef-1234567890ab "
        + "(444455556666, us-east-1): kms:Decrypt open and kms:GenerateDataKey proven."),
    PictureCase(
      sentence: "From the log files to event data store EXAMPLE-f852 "
        + "(111122223333, us-east-1): events kept violated."),
    PictureCase(sentence: "s3:ListBucket violated, suppressed."),
  ]

  @Test(arguments: sentences) func `The picture says in words what it shows`(
    _ example: PictureCase
  ) {
    let page = render(RichReport.report, as: .html, options: RichReport.options())
    #expect(page.contains(example.sentence))
  }

  @Test func `Of many keys the worst are drawn and the others counted`() {
    var report = RichReport.report
    let row = report.copies[0].requirements[5]
    report.copies[0].requirements = (1...9).map { number in
      var row = row
      row.subject = "arn:aws:kms:us-east-1:111122223333:key/number-\(number)"
      row.status = number == 9 ? .violated : .proven
      return row
    }
    report.copies.removeLast(2)
    let page = render(report, as: .html, options: RichReport.options())
    #expect(page.contains("KMS key number-9 (111122223333, us-east-1): kms:Decrypt violated."))
    #expect(page.contains("4 more keys"))
    #expect(!page.contains("KMS key number-5 ("))
    #expect(page.contains("<code>arn:aws:kms:us-east-1:111122223333:key/number-5</code>"))
  }

  @Test func `A fix shows the lines before and after it`() {
    let page = render(RichReport.report, as: .html, options: RichReport.options())
    #expect(
      page.contains(
        "<del>-       &quot;Resource&quot;: &quot;arn:aws:s3:::acme-trail-logs/*&quot;</del>"
          + "<ins>+       &quot;Resource&quot;: &quot;arn:aws:s3:::acme-trail-logs&quot;</ins>"))
  }
}
