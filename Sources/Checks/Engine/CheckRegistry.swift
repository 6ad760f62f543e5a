/// Which check decides the rules that name it; nil for names whose findings come from elsewhere.
enum CheckRegistry {
  static func check(_ name: CheckName) -> (any Check.Type)? {
    switch name {
    case .access: AccessCheck.self
    case .trustCondition: SourceConditionCheck.self
    case .confusedDeputy: ConfusedDeputyCheck.self
    case .excessAccess: ExcessAccessCheck.self
    case .objectOwnership: ObjectOwnershipCheck.self
    case .managementAccount: ManagementAccountCheck.self
    case .retention: RetentionCheck.self
    case .fact: FactCheck.self
    case .document: DocumentCheck.self
    case .storeStatus: StoreStatusCheck.self
    case .storeCategory: StoreCategoryCheck.self
    case .ongoingImport: OngoingImportCheck.self
    case .duplicateEvents: DuplicateEventsCheck.self
    case .roleAccount: RoleAccountCheck.self
    case .requestPayer: RequestPayerCheck.self
    case .keyCoverage: KeyCoverageCheck.self
    case .keyState: KeyStateCheck.self
    case .importRequest: ImportRequestCheck.self
    case .publicAccessBlock: PublicAccessBlockCheck.self
    case .storeKeyPolicy: StoreKeyPolicyCheck.self
    case .listing: ListingCheck.self
    case .logExpiry: LogExpiryCheck.self
    case .copyPrefix: CopyPrefixCheck.self
    case .documentedStatement: DocumentedStatementCheck.self
    // Findings of reading, of assembling the plan, of explaining other rows, and of suppressing.
    case .cause, .grammar, .agreement, .suppression: nil
    }
  }
}
