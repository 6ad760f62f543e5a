import PolicyModel

/// A `statement` block of `aws_iam_policy_document`.
struct TerraformStatement: Sendable {
  /// The data source.
  var address: String
  /// The values, as far as they are known.
  var block: Node
  /// Which values are known only later.
  var unknown: Node?
  /// What the configuration makes the values of; nil where nobody can tell which block this is.
  var expressions: Node?
}

extension TerraformResources {
  /// Adds a block as the statement that Terraform makes of it.
  ///
  /// Terraform AWS provider, "Data Source: aws_iam_policy_document": `effect` is `Allow` unless it says
  /// otherwise.
  func write(_ statement: TerraformStatement, into builder: inout TreeBuilder) {
    let block = statement.block
    builder.beginObject(from: block)
    if let sid = block["sid"], sid.kind == .string, sid.scalarText?.isEmpty == false {
      builder.string("Sid", from: sid)
      builder.copy(sid)
    }
    if statement.isUnknown("effect") {
      builder.string("Effect", from: block)
      builder.text(unknownText(statement), from: block)
    } else if let effect = block["effect"], effect.kind == .string {
      builder.string("Effect", from: effect)
      builder.copy(effect)
    } else {
      builder.string("Effect", from: block)
      builder.string("Allow", from: block)
    }
    for (name, element) in [
      ("principals", "Principal"), ("not_principals", "NotPrincipal"),
    ] {
      writePrincipals(name, as: element, of: statement, into: &builder)
    }
    for (name, element) in [
      ("actions", "Action"), ("not_actions", "NotAction"), ("resources", "Resource"),
      ("not_resources", "NotResource"),
    ] {
      guard let key = statement.has(name) else { continue }
      builder.string(element, from: key)
      builder.beginArray(from: block[named: name] ?? block)
      writeList(
        name, of: block, statement.unknown, statement.expressions?[named: name], statement,
        into: &builder)
      builder.end()
    }
    writeConditions(of: statement, into: &builder)
    builder.end()
  }

  private func unknownText(_ statement: TerraformStatement) -> PolicyText {
    .segments([.unknown(reason: Self.unknown(of: statement.address))])
  }

  // MARK: Blocks in the block

  private func writePrincipals(
    _ name: String, as element: String, of statement: TerraformStatement,
    into builder: inout TreeBuilder
  ) {
    let block = statement.block
    if statement.isUnknown(name) {
      builder.string(element, from: block)
      builder.text(unknownText(statement), from: block)
      return
    }
    let groups = statement.blocks(name)
    guard let first = groups.first else { return }
    let key = statement.has(name) ?? block
    builder.string(element, from: key)
    if groups.contains(where: { $0.values["type"]?.kind != .string }) {
      builder.text(unknownText(statement), from: first.values)
      return
    }
    // Only `*` of the type `*` is everybody without a name of its kind.
    if groups.count == 1, first.values["type"]?.hasContent("*") == true,
      let identifiers = first.values["identifiers"], identifiers.count == 1,
      let only = identifiers.elements.first(where: { _ in true }), only.hasContent("*")
    {
      builder.copy(only)
      return
    }
    builder.beginObject(from: block[named: name] ?? block)
    var types: [String] = []
    for group in groups {
      guard let type = group.values["type"], let text = type.scalarText, !types.contains(text)
      else { continue }
      types.append(text)
      builder.string(text, from: type)
      builder.beginArray(from: group.values)
      for other in groups where other.values["type"]?.scalarText == text {
        writeList(
          "identifiers", of: other.values, other.unknown, other.expressions?["identifiers"],
          statement, into: &builder)
      }
      builder.end()
    }
    builder.end()
  }

  private func writeConditions(
    of statement: TerraformStatement, into builder: inout TreeBuilder
  ) {
    let block = statement.block
    let groups = statement.blocks("condition")
    guard statement.isUnknown("condition") || !groups.isEmpty else { return }
    let key = statement.has("condition") ?? block
    builder.string("Condition", from: key)
    let isNamed = groups.allSatisfy {
      $0.values["test"]?.kind == .string && $0.values["variable"]?.kind == .string
    }
    guard !statement.isUnknown("condition"), isNamed else {
      builder.text(unknownText(statement), from: key)
      return
    }
    builder.beginObject(from: block["condition"] ?? block)
    var tests: [String] = []
    for group in groups {
      guard let test = group.values["test"], let name = test.scalarText, !tests.contains(name)
      else { continue }
      tests.append(name)
      builder.string(name, from: test)
      builder.beginObject(from: group.values)
      var variables: [String] = []
      for other in groups where other.values["test"]?.scalarText == name {
        guard let variable = other.values["variable"], let key = variable.scalarText,
          !variables.contains(key)
        else { continue }
        variables.append(key)
        builder.string(key, from: variable)
        builder.beginArray(from: other.values["values"] ?? other.values)
        for same in groups
        where same.values["test"]?.scalarText == name
          && same.values["variable"]?.scalarText == key
        {
          writeList(
            "values", of: same.values, same.unknown, same.expressions?["values"], statement,
            into: &builder)
        }
        builder.end()
      }
      builder.end()
    }
    builder.end()
  }

  // MARK: Values

  /// Adds the texts of a list, of which some may be known only later.
  private func writeList(
    _ name: String, of block: Node, _ unknown: Node?, _ expression: Node?,
    _ statement: TerraformStatement, into builder: inout TreeBuilder
  ) {
    let flags = unknown?[named: name]
    let place = block[named: name] ?? block
    guard flags?.boolean != true, place.kind == .array else {
      builder.text(unknownText(statement), from: place)
      return
    }
    let isLater = flags.map { flags in flags.elements.map { $0.boolean == true } } ?? []
    let count = isLater.count { $0 }
    let names = count == 0 ? [] : names(expression, of: statement.address)
    var position = 0
    for (number, node) in place.elements.enumerated() {
      if node.kind == .null || (number < isLater.count && isLater[number]) {
        let text = names.count == count && position < names.count ? names[position] : nil
        position += 1
        builder.text(text.map(PolicyText.init(encoded:)) ?? unknownText(statement), from: node)
      } else if let text = node.string, text.contains("&{") {
        // Terraform AWS provider, "Data Source: aws_iam_policy_document": policy variables are
        // written so.
        builder.string(text.replacingMarks, from: node)
      } else {
        builder.copy(node)
      }
    }
  }

  /// The ARNs that an expression is made of, where it cannot but be those: of roles, keys, stores and
  /// trails.
  ///
  /// An ARN of a bucket may be followed by anything.
  private func names(_ expression: Node?, of address: String) -> [String] {
    guard let expression else { return [] }
    let referents = TerraformReferents(expression, of: address, in: plan)
    guard referents.isComplete else { return [] }
    var names: [String] = []
    for referent in referents.found {
      guard let item = plan.item(referent.address), referent.attribute == "arn" else { return [] }
      // What is known already is no part of what is not.
      guard isUnknown("arn", of: item) else { continue }
      switch item.type {
      case "aws_iam_role": names.append(roleARN(of: item).value)
      case "aws_kms_key": names.append(keyARN(of: item).value)
      case "aws_cloudtrail_event_data_store": names.append(storeARN(of: item).value)
      case "aws_cloudtrail": names.append(trailARN(of: item).value)
      default: return []
      }
    }
    return names
  }

  /// What the configuration says of a block: the only one, or the one with the same names.
  static func block(
    for values: Node, of count: Int, named names: [String], in written: [Node]
  ) -> Node? {
    if count == 1, written.count == 1 { return written[0] }
    guard written.count == count else { return nil }
    let same = written.filter { block in
      names.allSatisfy { name in
        let constant = block[named: name]?["constant_value"]?.scalarText
        return constant != nil && constant == values[named: name]?.scalarText
      }
    }
    return same.count == 1 ? same[0] : nil
  }
}

extension TerraformStatement {
  /// A block in the block.
  struct Group: Sendable {
    var values: Node
    var unknown: Node?
    var expressions: Node?
  }

  /// Whether nothing of a value is known.
  func isUnknown(_ name: String) -> Bool { unknown?[named: name]?.boolean == true }

  /// The key of a list that is there, or what stands for it; nil where there is none.
  func has(_ name: String) -> Node? {
    if let member = block.members.first(where: { $0.name == name }), member.value.kind == .array {
      return member.value.count > 0 || isUnknown(name) ? member.key : nil
    }
    return isUnknown(name) ? block : nil
  }

  /// The blocks of a name; Terraform does not keep their order.
  func blocks(_ name: String) -> [Group] {
    guard let list = block[named: name], list.kind == .array else { return [] }
    let blocks = list.elements.filter { $0.kind == .object }
    let flags = unknown?[named: name].map { Array($0.elements) } ?? []
    let written = expressions?[named: name].map { Array($0.elements) } ?? []
    let names = name == "condition" ? ["test", "variable"] : ["type"]
    return blocks.enumerated().map { number, values in
      Group(
        values: values, unknown: number < flags.count ? flags[number] : nil,
        expressions: TerraformResources.block(
          for: values, of: blocks.count, named: names, in: written))
    }
  }
}

extension String {
  /// The text with `&{` as `${`.
  fileprivate var replacingMarks: String {
    var result: [UInt8] = []
    let bytes = Array(utf8)
    for (number, byte) in bytes.enumerated() {
      let isMark =
        byte == UInt8(ascii: "&") && number + 1 < bytes.count
        && bytes[number + 1] == UInt8(ascii: "{")
      result.append(isMark ? UInt8(ascii: "$") : byte)
    }
    return String(decoding: result, as: UTF8.self)
  }
}
