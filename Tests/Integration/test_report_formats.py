"""The formats of a report, read by other people's programs.

The unit tests prove that the program writes exactly the snapshots that are read here: a rich
report, and one of documents that were written to do harm.
"""

import html.parser
import json
import shutil
import subprocess
import xml.etree.ElementTree

import cmarkgfm
import html5lib
import jsonschema
import playwright.sync_api
import pytest


@pytest.fixture(scope="module")
def snapshots(root):
    return root / "Tests" / "ReportingTests" / "Snapshots"


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


HOSTILE = [
    "::error file=x::pwned", "\n::warning::pwned", "\x1b[31mred\x1b[0m\x07", "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "a|b|c", "]]>", "\u0000\u0001\u000b\ufffe", "\u202eevil\u2066",
    "`code` ```fence``` @octocat #1 https://evil.example", "[x](javascript:alert(1)) {0} %0A::error::x",
    "<!-- --> <details>", "\r\n##[error]pwned", "&lt;b&gt; \" ' style=x",
]


@pytest.fixture(scope="module")
def judged(run, tmp_path_factory):
    """A bundle with such text wherever a policy holds text, judged into all nine formats."""
    folder = tmp_path_factory.mktemp("hostile")
    statements = [
        {"Sid": text, "Effect": "Allow", "Action": ["s3:GetObjec" + text, "s3:" + text],
         "Resource": ["arn:aws:s3:::logs/" + text, text],
         "Condition": {text: {"aws:" + text: text}, "StringEquals": {"aws:SourceArn" + text: [text]}}}
        for text in HOSTILE
    ]
    role = folder / "role |]]> <b>&.json"
    role.write_text(json.dumps({"Version": HOSTILE[3], "Id": HOSTILE[4], "Statement": statements}))
    bucket = folder / "bucket.json"
    bucket.write_text(json.dumps({"Version": "2012-10-17", "Statement": [
        {**statement, "Principal": {"AWS": [text], text: text}, "Action": "s3:*"}
        for text, statement in zip(HOSTILE, statements)
    ]}))
    names = {"text": "txt", "concise": "concise", "json": "json", "sarif": "sarif", "github": "log",
             "gitlab": "gitlab.json", "junit": "xml", "markdown": "md", "html": "html"}
    arguments = [f"--output-format={name}={folder / end}" for name, end in names.items()]
    done = run("--role", role.name, "--bucket", bucket.name, *arguments, cwd=folder)
    assert done.returncode == 1 and done.stdout == b"" and done.stderr == b""
    return {name: folder / end for name, end in names.items()}


def test_a_hostile_bundle_is_read_by_every_reader(root, judged):
    report = load(judged["json"])
    jsonschema.Draft202012Validator(load(root / "docs" / "report.schema.json")).validate(report)
    assert len(report["findings"]) > len(HOSTILE)
    schema = root.parent / "shared" / "corpora" / "sarif" / "sarif-schema-2.1.0.json"
    if schema.exists():
        jsonschema.Draft7Validator(load(schema)).validate(load(judged["sarif"]))
    issues = load(judged["gitlab"])
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    xml.etree.ElementTree.parse(judged["junit"])
    html5lib.HTMLParser(strict=True).parse(judged["html"].read_text(encoding="utf-8"))


def test_a_hostile_bundle_does_nothing(judged):
    for name in ("text", "concise", "github", "markdown", "html", "junit"):
        text = judged[name].read_bytes().decode("utf-8")
        assert not {c for c in text if ord(c) < 32 and c != "\n"}, name
        assert not set(text) & set("\x7f\x9b\u202e\u2066\ufffe"), name
    log = judged["github"].read_text(encoding="utf-8").splitlines()
    commands = [line for line in log if line.startswith("::")]
    # A command's own line is read as that command alone.
    assert commands and not [line for line in log if "##[" in line and line not in commands]
    for line in commands:
        head, _ = line[2:].split("::", 1)
        properties = dict(part.split("=", 1) for part in head.split(" ", 1)[1].split(","))
        assert set(properties) <= {"title", "file", "line", "col", "endLine", "endColumn"}
        assert properties["file"].endswith((".json", ".yaml"))
    elements = rendered(judged["markdown"])
    assert all(link.startswith("https://docs.aws.amazon.com/") for link in elements.links)
    assert not elements.names & {"script", "img", "b", "strong", "em", "h1"}
    assert elements.attributes <= {"class", "lang", "href"}
    page = Elements()
    page.feed(judged["html"].read_text(encoding="utf-8"))
    assert not page.names & {"script", "img", "iframe", "object"}
    assert not {name for name in page.attributes if name.startswith("on") or name in ("style", "src")}


# JSON


def test_the_schema_of_the_json_report_is_a_schema(root):
    jsonschema.Draft202012Validator.check_schema(load(root / "docs" / "report.schema.json"))


@pytest.mark.parametrize("name", ["report.json", "hostile.json"])
def test_the_json_report_follows_its_schema(root, snapshots, name):
    schema = load(root / "docs" / "report.schema.json")
    jsonschema.Draft202012Validator(schema).validate(load(snapshots / name))


@pytest.mark.parametrize("member", ["verdict", "copies", "summary"])
def test_the_schema_misses_nothing(root, snapshots, member):
    schema = load(root / "docs" / "report.schema.json")
    report = load(snapshots / "report.json")
    del report[member]
    assert not jsonschema.Draft202012Validator(schema).is_valid(report)


@pytest.mark.parametrize("name", ["report.sarif", "hostile.sarif"])
def test_sarif_follows_its_schema(root, snapshots, name):
    schema = root.parent / "shared" / "corpora" / "sarif" / "sarif-schema-2.1.0.json"
    if not schema.exists():
        pytest.skip("the SARIF schema is not beside the package")
    jsonschema.Draft7Validator(load(schema)).validate(load(snapshots / name))


# JUnit


@pytest.mark.parametrize("name", ["junit.xml", "hostile.xml"])
def test_junit_is_xml_and_counts_its_cases(snapshots, name):
    suites = xml.etree.ElementTree.parse(snapshots / name).getroot()
    assert suites.tag == "testsuites"
    for element in [suites, *suites.findall("testsuite")]:
        cases = element.findall(".//testcase")
        assert int(element.get("tests")) == len(cases)
        assert int(element.get("failures")) == len(element.findall(".//failure"))
        assert int(element.get("skipped")) == len(element.findall(".//skipped"))


# Markdown


class Elements(html.parser.HTMLParser):
    """Collects what a page is made of."""

    def __init__(self):
        super().__init__()
        self.names = set()
        self.links = []
        self.attributes = set()
        self.cells = []

    def handle_starttag(self, tag, attributes):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attributes}
        self.links += [value for name, value in attributes if name in ("href", "src")]
        if tag == "tr":
            self.cells.append(0)
        if tag in ("td", "th"):
            self.cells[-1] += 1


def rendered(path):
    # Without GitHub's filter of tags: what is ours must hold by itself.
    options = cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE
    elements = Elements()
    text = path.read_text(encoding="utf-8")
    elements.feed(cmarkgfm.markdown_to_html_with_extensions(
        text, options=options, extensions=["table", "autolink", "strikethrough"]))
    return elements


def test_markdown_renders_as_tables_and_folded_findings(snapshots):
    elements = rendered(snapshots / "report.md")
    assert {"table", "details", "summary", "code", "pre", "h2", "h3"} <= elements.names
    assert set(elements.cells) == {4}
    assert all(link.startswith("https://example.com/rules/") for link in elements.links)


def test_hostile_text_is_text_in_markdown(snapshots):
    elements = rendered(snapshots / "hostile.md")
    assert elements.links == []
    assert elements.names <= {
        "h2", "h3", "p", "code", "pre", "table", "thead", "tbody", "tr", "th", "td", "details",
        "summary", "ul", "li", "sub",
    }
    assert elements.attributes <= {"class", "lang"}
    assert set(elements.cells) == {4}


# HTML


@pytest.fixture(scope="module")
def browser():
    """Chromium as Debian packages it, installed where the tests may."""
    if not shutil.which("chromium"):
        subprocess.run(["apt-get", "install", "-qq", "-y", "chromium"], capture_output=True)
    path = shutil.which("chromium")
    if not path:
        pytest.skip("there is no chromium, and it cannot be installed here")
    with playwright.sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


PAGES = ["report.html", "hostile.html"]


@pytest.mark.parametrize("name", PAGES)
def test_html_is_without_errors(snapshots, name):
    html5lib.HTMLParser(strict=True).parse((snapshots / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [380, 900, 1400])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_and_reports_nothing(browser, snapshots, name, width, scheme):
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    page.goto((snapshots / name).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # Nothing sticks out of the page, nor is anything scrolled inside of it.
    assert page.evaluate(
        """[...document.querySelectorAll("main *")]
           .filter(e => !e.closest("svg, thead") && e.getBoundingClientRect().right > innerWidth + 0.5)
           .map(e => e.outerHTML.slice(0, 100))""") == []
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    context.close()


@pytest.mark.parametrize("width", [380, 1400])
def test_the_text_of_the_picture_stays_inside_of_it(browser, snapshots, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    for name in PAGES:
        page.goto((snapshots / name).as_uri())
        # Text lies within the picture, and text of a box within the box.
        assert page.evaluate(
            """[...document.querySelectorAll("svg.path")].filter(s => s.getClientRects().length)
               .flatMap(svg => {
                 const frame = svg.getBoundingClientRect()
                 const boxes = [...svg.querySelectorAll("rect")].map(r => r.getBoundingClientRect())
                 return [...svg.querySelectorAll("text")].filter(t => {
                   const text = t.getBoundingClientRect()
                   const box = boxes.find(b => text.left >= b.left && text.left < b.right
                     && text.top >= b.top && text.bottom <= b.bottom)
                   return text.right > (box ? box.right : frame.right) || text.left < frame.left
                 }).map(t => t.textContent)
               })""") == []
    page.close()


@pytest.mark.parametrize("width", [380, 1400])
def test_the_picture_has_a_name_and_a_description(browser, snapshots, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto((snapshots / "report.html").as_uri())
    pictures = page.get_by_role("img")
    assert pictures.count() == 3
    first = page.get_by_role("img", name="Path of the copy history")
    assert first.count() == 1
    assert "s3:ListBucket violated" in first.locator("desc").text_content()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser, snapshots, scheme):
    context = browser.new_context(
        viewport={"width": 1400, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto((snapshots / "report.html").as_uri())
    # WCAG 2.2, 1.4.3: 4.5 to 1.
    assert page.evaluate(
        """() => {
          const parse = c => c.match(/[\\d.]+/g).map(Number)
          const light = c => { const [r, g, b] = c.map(v => {
            v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4 })
            return 0.2126 * r + 0.7152 * g + 0.0722 * b }
          const ground = e => { for (; e; e = e.parentElement) {
            const c = parse(getComputedStyle(e).backgroundColor)
            if (c.length < 4 || c[3] > 0) return c.slice(0, 3) } return [255, 255, 255] }
          const found = []
          for (const e of document.querySelectorAll("body *")) {
            if (e.closest("svg") || ![...e.childNodes].some(n => n.nodeType == 3 && n.data.trim())) continue
            const a = light(parse(getComputedStyle(e).color)), b = light(ground(e))
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
            if (ratio < 4.5) found.push([e.className, ratio, e.textContent.slice(0, 30)])
          }
          return found
        }""") == []
    context.close()


def test_a_page_prints(browser, snapshots, tmp_path):
    page = browser.new_page()
    page.goto((snapshots / "report.html").as_uri())
    page.pdf(path=tmp_path / "report.pdf", format="A4")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    page.close()
