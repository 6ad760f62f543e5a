package import PolicyModel

/// One document that somebody gave for a copy, and what they said it is.
///
/// A document that cannot be read as text or parsed is kept with its failure: it becomes a
/// `policy-syntax` finding and leaves its layer unknown.
package struct Document: Sendable {
  /// What a document was given as.
  package enum Use: Hashable, Sendable {
    /// `--role`
    case role
    /// `--trust`
    case trust
    /// `--bucket`
    case bucket
    /// `--key`; `arn` is what stands before the `=` of `KEY_ARN=FILE`.
    case key(arn: String?)
    /// `--boundary`
    case boundary
    /// `--scp`; `level` is what stands before the `=` of `LEVEL=FILE`.
    case serviceControl(level: String?)
    /// `--rcp`
    case resourceControl(level: String?)
    /// `--caller-policy`
    case caller
    /// A positional argument, or an entry of `documents:`: recognised by its shape.
    case anything

    /// The option that gives a document this use; nil for positional arguments.
    package var option: String? {
      switch self {
      case .role: "--role"
      case .trust: "--trust"
      case .bucket: "--bucket"
      case .key: "--key"
      case .boundary: "--boundary"
      case .serviceControl: "--scp"
      case .resourceControl: "--rcp"
      case .caller: "--caller-policy"
      case .anything: nil
      }
    }
  }

  /// What was given.
  package enum Content: Sendable {
    /// Text that was decoded; parsed when the plan is assembled.
    case text(Source)
    /// Bytes that are no text: why, and where.
    case undecodable(SyntaxFailure)
    /// A listing that is not kept: ``CopyAssembly`` asks for it.
    case stream(ListingStream)
  }

  /// What somebody said it is.
  package var use: Use
  /// What was given.
  package var content: Content

  /// A document whose bytes are text.
  package init(_ source: Source, as use: Use) {
    self.use = use
    content = .text(source)
  }

  /// A document whose bytes are no text.
  package init(undecodable failure: SyntaxFailure, as use: Use) {
    self.use = use
    content = .undecodable(failure)
  }

  /// A listing that is read in pieces.
  package init(_ stream: ListingStream) {
    use = .anything
    content = .stream(stream)
  }

  /// The text, or what stands for it.
  package var source: Source {
    switch content {
    case .text(let source): source
    case .undecodable(let failure): failure.place.source
    case .stream(let stream): stream.source
    }
  }
}
