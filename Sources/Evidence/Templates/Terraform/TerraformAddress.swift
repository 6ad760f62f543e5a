/// The address of a resource or a module: names between dots, some with an index such as `[0]` or
/// `["a.b"]`.
struct TerraformAddress: Sendable {
  /// The names between dots; an index is one with its name.
  let parts: [String]

  init(_ address: String) {
    var parts: [String] = []
    var part: [UInt8] = []
    var isIndex = false
    var isQuoted = false
    var isEscaped = false
    for byte in address.utf8 {
      switch byte {
      case _ where isEscaped: isEscaped = false
      case UInt8(ascii: "\\") where isQuoted: isEscaped = true
      case UInt8(ascii: "\"") where isIndex: isQuoted.toggle()
      case UInt8(ascii: "[") where !isQuoted: isIndex = true
      case UInt8(ascii: "]") where !isQuoted: isIndex = false
      case UInt8(ascii: ".") where !isIndex:
        parts.append(String(decoding: part, as: UTF8.self))
        part = []
        continue
      default: break
      }
      part.append(byte)
    }
    if !part.isEmpty { parts.append(String(decoding: part, as: UTF8.self)) }
    self.parts = parts
  }

  private init(parts: [String]) { self.parts = parts }

  /// How many parts are the module's.
  private var moduleCount: Int {
    var count = 0
    while count + 1 < parts.count, parts[count] == "module" { count += 2 }
    return count
  }

  /// The module's address; empty for the root.
  var module: String { parts.prefix(moduleCount).joined(separator: ".") }

  /// The resource's address within its module, with its index.
  var local: String { parts.dropFirst(moduleCount).joined(separator: ".") }

  /// The resource's address within its module, as its configuration has it.
  var name: String { Self.withoutIndex(local) }

  /// The names of the calls that lead to the module.
  var calls: [String] {
    stride(from: 1, to: moduleCount, by: 2).map { Self.withoutIndex(parts[$0]) }
  }

  /// What is the same for all instances of a resource: its calls and its name.
  var key: String { (calls + [name]).joined(separator: "|") }

  /// The index at the end, such as `[0]`; empty without one.
  var index: String { parts.last.map(Self.index) ?? "" }

  /// The module that calls a module.
  var parent: String { TerraformAddress(parts: parts.dropLast(2)).parts.joined(separator: ".") }

  /// A name without its index.
  static func withoutIndex(_ name: String) -> String { String(name.prefix { $0 != "[" }) }

  /// The index of a name; empty without one.
  static func index(_ name: String) -> String { String(name.drop { $0 != "[" }) }

  /// An address in a module.
  static func joined(_ module: String, _ local: String) -> String {
    module.isEmpty ? local : "\(module).\(local)"
  }
}
