import ArgumentParser

extension CheckCommand {
  /// The command of arguments in their plain form; nil where the parser has to read them.
  ///
  /// A property that was not set cannot be read: every one is set here.
  init?(plain arguments: [String]) {
    let isNamed = arguments.first == Self.configuration.commandName
    guard
      var plain = PlainArguments(
        Array(arguments.dropFirst(isNamed ? 1 : 0)), flags: Self.flags, commands: Self.commands)
    else { return nil }
    self.init()
    documents = DocumentOptions(&plain)
    facts = FactOptions(&plain)
    output = OutputOptions(&plain)
    fixes = FixOptions(&plain)
    rules = RuleOptions(&plain)
    baseline = BaselineOptions(&plain)
    threshold = ThresholdOptions(&plain)
    configuration = ConfigurationOptions(&plain)
    changed = plain.flag("--changed")
    stdinFilename = plain.value("--stdin-filename")
    guard plain.areUnderstood else { return nil }
  }

  private static let flags = [
    "--changed", "--diff", "--fix", "--no-config", "--quiet", "--strict", "--unsafe-fixes",
    "--verbose", "-q", "-v",
  ]

  private static let commands = ["check", "explain", "help", "init", "rule", "rules", "simulate"]
}

extension DocumentOptions {
  fileprivate init(_ plain: inout PlainArguments) {
    self.init()
    role = plain.values("--role")
    trust = plain.value("--trust")
    bucket = plain.value("--bucket")
    key = plain.values("--key")
    boundary = plain.value("--boundary")
    scp = plain.values("--scp")
    rcp = plain.values("--rcp")
    callerPolicy = plain.values("--caller-policy")
    files = plain.files
  }
}

extension FactOptions {
  fileprivate init(_ plain: inout PlainArguments) {
    self.init()
    source = plain.value("--source")
    bucketRegion = plain.value("--bucket-region")
    bucketAccount = plain.value("--bucket-account")
    roleArn = plain.value("--role-arn")
    destination = plain.value("--destination")
    keyArn = plain.values("--key-arn")
    callerAccount = plain.value("--caller-account")
    managementAccount = plain.value("--management-account")
    organizationId = plain.value("--organization-id")
    startTime = plain.value("--start-time")
    endTime = plain.value("--end-time")
    keepDays = plain.value("--keep-days")
    bucketKeys = plain.value("--bucket-keys")
    asOf = plain.value("--as-of")
    parameter = plain.values("--parameter")
    account = plain.value("--account")
    region = plain.value("--region")
  }
}

extension OutputOptions {
  fileprivate init(_ plain: inout PlainArguments) {
    self.init()
    outputFormat = plain.values("--output-format")
    outputFile = plain.value("--output-file")
    color = plain.value("--color")
    quiet = plain.flag("--quiet", "-q")
    verbose = plain.flag("--verbose", "-v")
    witness = plain.value("--witness")
  }
}

extension FixOptions {
  fileprivate init(_ plain: inout PlainArguments) {
    self.init()
    fix = plain.flag("--fix")
    unsafeFixes = plain.flag("--unsafe-fixes")
    diff = plain.flag("--diff")
  }
}

extension RuleOptions {
  fileprivate init(_ plain: inout PlainArguments) {
    self.init()
    select = plain.values("--select")
    ignore = plain.values("--ignore")
    files = RuleFileOptions(&plain)
  }
}

extension RuleFileOptions {
  fileprivate init(_ plain: inout PlainArguments) {
    self.init()
    rules = plain.values("--rules")
  }
}

extension BaselineOptions {
  fileprivate init(_ plain: inout PlainArguments) {
    self.init()
    baseline = plain.value("--baseline")
    writeBaseline = plain.value("--write-baseline")
  }
}

extension ThresholdOptions {
  fileprivate init(_ plain: inout PlainArguments) {
    self.init()
    failOn = plain.value("--fail-on")
    strict = plain.flag("--strict")
  }
}

extension ConfigurationOptions {
  fileprivate init(_ plain: inout PlainArguments) {
    self.init()
    config = plain.value("--config")
    noConfig = plain.flag("--no-config")
  }
}
