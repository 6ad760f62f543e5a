import PolicyModel

/// What every tree promises of its places.
func checkPlaces(_ node: Node, in source: Source) {
  var pending = [node]
  while let node = pending.popLast() {
    let range = node.place.range
    check(
      range.lowerBound >= 0 && range.upperBound <= source.text.count, "a place outside its source")
    let content = node.withContent { Array($0) }
    if node.kind == .string {
      check(String(validating: content, as: UTF8.self) != nil, "a string that is no UTF-8")
    }
    pending += node.elements
    for member in node.members {
      pending.append(member.key)
      pending.append(member.value)
    }
  }
}

func checkPlace(_ place: Place) {
  check(
    place.range.lowerBound >= 0 && place.range.upperBound <= place.source.text.count,
    "a failure outside its source")
  let position = LineIndex(place.source).position(of: place.range.lowerBound)
  check(position.line >= 1 && position.column >= 1, "a position before the first")
}

func fuzzJSON(_ bytes: [UInt8]) {
  let source: Source
  do {
    source = try Source.decoding(bytes, path: "fuzz.json")
  } catch {
    return checkPlace(error.place)
  }
  let tree: Tree
  do {
    tree = try Tree.json(source.text, from: Tree.Origin(source: source))
  } catch {
    return checkPlace(error.place)
  }
  checkPlaces(tree.root, in: source)
  for isIndented in [false, true] {
    var writer = JSONWriter(isIndented: isIndented)
    check(writer.value(tree.root), "JSON that cannot be written")
    let again = Source(path: "again.json", text: writer.bytes)
    guard let copy = try? Tree.json(again.text, from: Tree.Origin(source: again)) else {
      return check(false, "what was written is no JSON")
    }
    check(copy.root.hasSameValue(as: tree.root), "writing and reading changes a value")
  }
  guard
    let late = try? Tree.json(
      source.text, from: Tree.Origin(source: source), decodesStrings: false)
  else { return check(false, "decoding strings later changes what is JSON") }
  check(late.root.hasSameValue(as: tree.root), "decoding strings later changes a value")
  checkEmbedded(tree.root, depth: 2)
}

/// Reads the documents that stand in strings, as policies do in answers of the AWS CLI.
private func checkEmbedded(_ node: Node, depth: Int) {
  guard depth > 0 else { return }
  var pending = [node]
  while let node = pending.popLast() {
    if node.kind == .string, let tree = try? node.embeddedDocument() {
      checkPlaces(tree.root, in: tree.source)
      checkEmbedded(tree.root, depth: depth - 1)
    }
    pending += node.elements
    for member in node.members { pending.append(member.value) }
  }
}

/// U+0085, U+2028 and U+2029 end a line in YAML 1.1, so that quoted text is folded there; in JSON they
/// are characters like others.
private let foldedBreaks = ["\u{85}", "\u{2028}", "\u{2029}"].map { Array($0.utf8) }

func fuzzYAML(_ bytes: [UInt8]) {
  let source: Source
  do {
    source = try Source.decoding(bytes, path: "fuzz.yaml")
  } catch {
    return checkPlace(error.place)
  }
  let tree: Tree
  do {
    tree = try Tree.yaml(source.text, from: Tree.Origin(source: source))
  } catch {
    return checkPlace(error.place)
  }
  checkPlaces(tree.root, in: source)
  guard let json = try? Tree.json(source.text, from: Tree.Origin(source: source)),
    !foldedBreaks.contains(where: { source.text.firstRange(ofBytes: $0) != nil })
  else { return }
  check(json.root.says(tree.root), "JSON read as YAML is another value")
}

extension Node {
  /// Whether a JSON value is what YAML made of the same text, but for kinds of plain scalars.
  fileprivate func says(_ other: Node) -> Bool {
    switch kind {
    case .array:
      let left = Array(elements)
      let right = Array(other.elements)
      return other.kind == .array && left.count == right.count
        && zip(left, right).allSatisfy { $0.says($1) }
    case .object:
      let left = Array(members)
      let right = Array(other.members)
      return other.kind == .object && left.count == right.count
        && zip(left, right).allSatisfy { $0.name == $1.name && $0.value.says($1.value) }
    case .null, .boolean, .number, .string, .reference:
      return scalarText == other.scalarText
    }
  }
}
