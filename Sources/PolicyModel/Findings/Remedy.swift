/// A change of documents that would mend a finding, in terms of their values.
///
/// Whoever finds a mistake says what to change; how that looks in the text of a file, in the file's
/// own style, is the business of whoever edits it. A finding's remedies are alternatives, the best
/// first.
package struct Remedy: Hashable, Sendable {
  /// The change as a command, such as "add `s3:GetObject`".
  package var title: String
  /// Whether it may be made without asking.
  package var safety: Fix.Safety
  /// The changes that belong together, at least one.
  package var changes: [Change]

  package init(_ title: String, _ safety: Fix.Safety = .safe, _ changes: [Change]) {
    precondition(!changes.isEmpty, "a remedy changes something")
    self.title = title
    self.safety = safety
    self.changes = changes
  }

  /// The remedy with the references of a template in its title as people write them.
  package var withReadableTitle: Remedy {
    Remedy(title.withReadableReferences, safety, changes)
  }

  /// One change of a document, at the place of one of its values.
  package enum Change: Hashable, Sendable {
    /// Writes another text in the place of a scalar.
    case rewrite(Place, to: String)
    /// Writes another word in the place of one that stands in a scalar once, even within a function
    /// of a template.
    case correct(Place, word: String, to: String)
    /// Gives a member another name; the place is the key's.
    case rename(Place, to: String)
    /// Puts a scalar under a key of its own: `"*"` becomes `{"AWS": "*"}`.
    case wrap(Place, key: String)
    /// Adds values to what is one value or a list of them.
    case append([Value], to: Place)
    /// Adds members to an object.
    case add([Member], to: Place)
    /// Takes an element out of a list, or a member out of an object; the place is the value's.
    case remove(Place)

    /// Where the change is made.
    package var place: Place {
      switch self {
      case .rewrite(let place, _), .correct(let place, _, _), .rename(let place, _),
        .wrap(let place, _), .append(_, let place), .add(_, let place), .remove(let place):
        place
      }
    }

    /// Adds a member to an object.
    package static func add(_ name: String, _ value: Value, to place: Place) -> Change {
      .add([Member(name, value)], to: place)
    }

    /// The same change at another place.
    package func moved(to place: Place) -> Change {
      switch self {
      case .rewrite(_, let text): .rewrite(place, to: text)
      case .correct(_, let word, let text): .correct(place, word: word, to: text)
      case .rename(_, let name): .rename(place, to: name)
      case .wrap(_, let key): .wrap(place, key: key)
      case .append(let values, _): .append(values, to: place)
      case .add(let members, _): .add(members, to: place)
      case .remove: .remove(place)
      }
    }
  }

  /// A value to write into a document.
  package indirect enum Value: Hashable, Sendable {
    case text(String)
    case list([Value])
    case object([Member])

    /// One text as it is, several as a list: IAM's "one or a list".
    package static func oneOrList(_ texts: [String]) -> Value {
      texts.count == 1 ? .text(texts[0]) : .list(texts.map(Value.text))
    }
  }

  /// A member of an object to write.
  package struct Member: Hashable, Sendable {
    package var name: String
    package var value: Value

    package init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }
  }
}
