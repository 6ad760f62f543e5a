/// What is taken at most, so that no input can exhaust the machine: every limit of the program, each
/// with the attack that it stops.
///
/// A message that a limit causes names it with its number. `make limits` gives the program what was
/// made to go beyond each, and measures.
package enum Limits {
  // MARK: Files

  /// The largest document, in bytes.
  ///
  /// Stops a file or a pipe without end. AWS's own largest answer, `get-account-authorization-details`
  /// of a large account, is a third of this.
  package static let documentBytes = 32 << 20
  /// How many names are looked at below one folder.
  ///
  /// Stops a folder without end: a loop of mounts, a hostile repository.
  package static let folderNames = 100_000
  /// How many bytes one typed answer may have.
  ///
  /// Stops `init` from keeping what a pipe types without a line's end.
  package static let answerBytes = 64 << 10

  // MARK: Text

  /// How deep arrays and objects may nest.
  ///
  /// Stops `[[[[…`, which would overflow the stack of everything that walks a tree.
  package static let depth = 512
  /// How many bytes a text may have.
  ///
  /// Offsets are 32 bits wide; beyond, they would wrap around.
  package static let textBytes = 1 << 30
  /// How many values and keys a document may have.
  ///
  /// Stops `[[],[],…`, which needs 24 bytes of memory for three of text.
  package static let entries = 16_000_000
  /// How many values and keys aliases may repeat.
  ///
  /// Stops "billion laughs": a list of ten aliases of a list of ten aliases of …
  package static let aliasedEntries = 100_000

  // MARK: Policies and proofs

  /// How many findings one policy is given, and of how many mistakes the cause is told.
  ///
  /// Stops a policy with a mistake every few bytes: to describe one takes a walk through the tree,
  /// and a frame of source.
  package static let policyFindings = 250
  /// How many characters and wildcards a pattern may have; a longer one matches perhaps.
  ///
  /// Stops `*a*a*a…` of megabytes, where each character of a text takes a walk through the pattern.
  /// An ARN has 2,048 characters at most.
  package static let patternElements = 8192
  /// The work one search for a counterexample may do, in steps of one pattern over one character.
  ///
  /// Stops policies whose patterns interleave in exponentially many ways (`*a*b*c*` two hundred
  /// times).
  package static let searchSteps = 12_000_000
  /// How many patterns one search takes.
  ///
  /// Stops a statement of 100,000 resources, for which each character would be a walk through all of
  /// them. The policies of a role have some 200,000 characters at most.
  package static let searchPatterns = 10_000
  /// The longest list of alternatives whose parts are compared with each other before a search.
  ///
  /// Stops a policy of 100,000 resources, whose comparison of each with each would take minutes.
  package static let comparedAlternatives = 32

  /// For how many source prefixes the automata of the keys below them are kept.
  ///
  /// Stops thousands of copies, each with a prefix of its own: they take some 100 KiB each.
  package static let keptLanguages = 16

  // MARK: Causes and checks

  /// How many statements are looked at for the cause of a denial, the nearest first.
  ///
  /// Stops thousands of statements that all nearly allow a request.
  package static let causeStatements = 100
  /// How many mistakes of one kind are looked for in a statement.
  ///
  /// Stops a list of thousands of values each of which may be what keeps a request out: which of them
  /// do is found by a proof for each.
  package static let mistakesOfOneKind = 20
  /// How many bytes a statement may have in which mistakes are looked for.
  ///
  /// Stops a list of 100,000 misspelt actions, each of which is compared with all that there are. The
  /// largest policy that AWS takes has 32 KB without its spaces.
  package static let searchedStatementBytes = 256 << 10
  /// How many actions that the copy does not need are told.
  ///
  /// Stops a list of 100,000 actions, each of which would be a finding with a frame of source.
  package static let excessActions = 100
  /// How many accounts that a trust policy names are tried.
  ///
  /// Stops a policy of 100,000 numbers: each is a proof.
  package static let trustedAccounts = 100

  // MARK: Templates

  /// How many resources of a CloudFormation template are read; CloudFormation takes 500.
  ///
  /// Stops a template made to take forever.
  package static let templateResources = 2_000
  /// How many values and keys a resolved template may have.
  ///
  /// Stops a template that puts one large value into itself thousands of times.
  package static let templateEntries = 4_000_000
  /// How many functions of a template are resolved.
  ///
  /// Stops a template in which each condition or name uses the one before it twice.
  package static let templateFunctions = 200_000
  /// How many functions of a template may be resolved one inside the other.
  ///
  /// Stops a chain of resources in which each is named after the next from using up the stack.
  package static let templateDepth = 200
  /// How many bytes a text that functions put together may have.
  ///
  /// Stops a name that doubles with every resource it passes through.
  package static let templateTextBytes = 65_536
  /// The largest file that is looked into for parameters: they are few, and every document is asked.
  ///
  /// Stops documents of megabytes from being parsed twice.
  package static let parameterFileBytes = 256 << 10
  /// How many roles, policies, buckets and keys of a Terraform plan are read; the largest real plans
  /// have some thousand resources.
  ///
  /// Stops a plan made to take forever.
  package static let planResources = 20_000
  /// How deep the modules of a Terraform plan may nest.
  ///
  /// Stops modules one inside the other whose keys grow with every level.
  package static let planModules = 64
  /// How many references are followed for one value of a Terraform plan.
  ///
  /// Stops references that fan out from module to module.
  package static let planReferences = 1_000
  /// How many modules a value may be handed through.
  ///
  /// Stops modules that hand a value round in circles.
  package static let planHandovers = 16
  /// How many bytes a reference of a Terraform plan may have.
  ///
  /// Stops a reference of a million parts.
  package static let planReferenceBytes = 1_024
  /// How many statements and documents one `aws_iam_policy_document` is put together from.
  ///
  /// Stops documents that hold one another twice at every level.
  package static let planDocumentPieces = 2_000
  /// How deep policy documents of a Terraform plan may hold one another.
  ///
  /// Stops documents one inside the other from using up the stack.
  package static let planDocumentDepth = 32

  // MARK: Listings

  /// How much of a document is looked at to tell a listing, and how much of one is read at once, in
  /// bytes: a listing has no largest size.
  package static let listingPieceBytes = 256 << 10
  /// How many bytes one object's record may have.
  ///
  /// Stops a quote or a bracket that is never closed, behind which everything would have to be kept.
  /// A key has 1024 bytes, which escapes make six times as long.
  package static let recordBytes = 64 << 10
  /// How deep values may nest in an object's record.
  ///
  /// Stops `[[[[…`, which would overflow the stack; S3 nests three deep.
  package static let recordDepth = 32
  /// How many columns an inventory may have; S3 knows two dozen.
  ///
  /// Stops a schema of a million columns, each of which every record would be asked for.
  package static let inventoryColumns = 256
  /// How many bytes of a record an excerpt keeps; S3's keys have 1024 at most.
  ///
  /// Stops a hostile record from standing whole in a report.
  package static let excerptBytes = 8 << 10

  // MARK: Simulation

  /// The longest line of a stream, in bytes.
  ///
  /// Stops a stream without line ends; policies that AWS stores have 32,768 bytes at most.
  package static let lineBytes = 4 << 20
  /// How many decisions one document may ask for.
  ///
  /// Stops a list of actions and a list of resources, which multiply: two of 2 MB each would ask for
  /// 10^10.
  package static let decisions = 100_000
  /// How many policies are kept ready.
  ///
  /// Stops a stream that brings a new policy with every line.
  package static let cachedPolicies = 4096
  /// How many bytes of policy text are kept ready, for the same reason; what is made of them takes
  /// about thirty times as much.
  package static let cachedPolicyBytes = 4 << 20

  // MARK: Fixes

  /// How many times a copy is judged again.
  ///
  /// Stops a document made of mistakes, each of which has fixes to try.
  package static let judgements = 1_000
  /// How many fixes are tried only to show them, for the same reason.
  package static let shownTrials = 40
  /// How many copies are judged again only to show fixes.
  ///
  /// Stops thousands of copies that share one document, each of which a fix of it would touch.
  package static let shownJudgements = 1_000
  /// How many findings are looked at for fixes to show, for the same reason.
  package static let findingsWithFixes = 500
  /// How many bytes are read again for fixes to show.
  ///
  /// Stops large documents from making a run long that mends nothing.
  package static let shownFixBytes = 8 << 20
  /// How many removals and insertions a comparison of lines looks for; beyond, all between the first
  /// and the last difference is one change.
  ///
  /// Stops two files without a line in common: the search takes time and memory with its square.
  package static let diffSteps = 1_000
  /// How many values are looked at to learn how a document is written.
  ///
  /// Stops a long document from taking long for a small change.
  package static let styleValues = 20_000
}
