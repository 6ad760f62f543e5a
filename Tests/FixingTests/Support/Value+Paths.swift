package import PolicyModel

/// One step into a value: a member's name or an element's position.
enum Step: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  case name(String)
  case position(Int)

  init(stringLiteral name: String) { self = .name(name) }
  init(integerLiteral position: Int) { self = .position(position) }
}

extension Remedy.Value: ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  package init(stringLiteral text: String) { self = .text(text) }
  package init(arrayLiteral elements: Remedy.Value...) { self = .list(elements) }
  package init(dictionaryLiteral members: (String, Remedy.Value)...) {
    self = .object(members.map { Remedy.Member($0.0, $0.1) })
  }

  /// The value at the end of some steps; setting nil takes it out.
  subscript(path: Step...) -> Remedy.Value? {
    get { self[path[...]] }
    set { self[path[...]] = newValue }
  }

  subscript(path: ArraySlice<Step>) -> Remedy.Value? {
    get {
      guard let first = path.first else { return self }
      switch (first, self) {
      case (.name(let name), .object(let members)):
        return members.first { $0.name == name }?.value[path.dropFirst()]
      case (.position(let position), .list(let items)):
        return position < items.count ? items[position][path.dropFirst()] : nil
      case (.name, _), (.position, _): return nil
      }
    }
    set {
      guard let first = path.first else {
        if let newValue { self = newValue }
        return
      }
      let isLast = path.count == 1
      switch (first, self) {
      case (.name(let name), .object(var members)):
        let index = members.firstIndex { $0.name == name }
        switch (index, newValue) {
        case (let index?, nil) where isLast: members.remove(at: index)
        case (let index?, _): members[index].value[path.dropFirst()] = newValue
        case (nil, let value?) where isLast: members.append(Remedy.Member(name, value))
        case (nil, _): break
        }
        self = .object(members)
      case (.position(let position), .list(var items)):
        if isLast, newValue == nil {
          items.remove(at: position)
        } else {
          items[position][path.dropFirst()] = newValue
        }
        self = .list(items)
      case (.name, _), (.position, _): break
      }
    }
  }

  /// The value with another name for the member at the end of some steps.
  mutating func rename(_ path: Step..., to name: String) {
    guard case .name(let old) = path[path.count - 1] else { return }
    let parent = path[..<(path.count - 1)]
    guard case .object(var members)? = self[parent] else { return }
    for index in members.indices where members[index].name == old { members[index].name = name }
    self[parent] = .object(members)
  }

  /// How many elements a list has.
  var count: Int { if case .list(let items) = self { items.count } else { 0 } }

  /// A parsed value, all scalars as texts.
  init(_ node: Node) {
    switch node.kind {
    case .array: self = .list(node.elements.map { Remedy.Value($0) })
    case .object:
      self = .object(node.members.map { Remedy.Member($0.name, Remedy.Value($0.value)) })
    case .null, .boolean, .number, .string, .reference: self = .text(node.scalarText ?? "")
    }
  }
}
