package import PolicyModel

/// One request, or a family of requests that differ in one free string.
public struct Request: Sendable, Hashable {
  /// Who asks.
  public var principal: RequestPrincipal
  /// What for, such as `s3:GetObject`.
  public var action: String { didSet { actionText = RequestText(action) } }
  /// The action as patterns read it.
  private(set) var actionText: RequestText
  /// The ARN it is about; `*` for an action without resource types.
  package var resource: RequestText
  /// The condition keys.
  public var context: RequestContext

  package init(
    principal: RequestPrincipal, action: String, resource: RequestText, context: RequestContext
  ) {
    self.principal = principal
    self.action = action
    actionText = RequestText(action)
    self.resource = resource
    self.context = context
  }

  /// Makes one request.
  public init(
    principal: RequestPrincipal, action: String, resource: String, context: RequestContext
  ) {
    self.init(
      principal: principal, action: action, resource: RequestText(resource), context: context)
  }

  /// The request with a text for the free string.
  package func fixing(_ free: [Symbol]) -> Request {
    var fixed = self
    fixed.resource = resource.fixing(free)
    fixed.context = context.fixing(free)
    return fixed
  }

  /// Whether nothing is left free.
  var isPoint: Bool {
    !resource.isFree
      && context.entries.values.allSatisfy { entry in
        guard case .exactly(let texts) = entry.value.values else { return true }
        return !texts.contains(where: \.isFree)
      }
  }
}

/// Numbers for the references that a template left in texts: the same reference, the same number.
package struct ReferenceTable: Sendable {
  private var numbers: [PolicyText.Symbol: Symbol] = [:]

  package init() {}

  package mutating func number(of reference: PolicyText.Symbol) -> Symbol {
    if let known = numbers[reference] { return known }
    let new = Symbol.firstReference + Symbol(numbers.count)
    numbers[reference] = new
    return new
  }

  /// A text of a request as people read it: references as `${Resource.Attribute}`.
  package func description(of text: RequestText) -> String {
    let names = Dictionary(numbers.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    func readable(_ symbols: [Symbol]) -> String {
      symbols.map { symbol in
        names[symbol].map { "${\($0.resource).\($0.attribute)}" } ?? RequestText.string([symbol])
      }.joined()
    }
    guard text.holdsUnknown else { return text.description }
    return readable(text.head) + (text.isFree ? "…" + readable(text.tail) : "")
  }

  /// The text of a request for a text of a document.
  package mutating func requestText(_ text: PolicyText) -> RequestText {
    var symbols: [Symbol] = []
    for segment in text.segments {
      switch segment {
      case .literal(let literal): symbols += literal.unicodeScalars.map(\.value)
      case .symbol(let reference): symbols.append(number(of: reference))
      case .unknown: symbols.append(.unknownText)
      }
    }
    return RequestText(head: symbols)
  }
}
