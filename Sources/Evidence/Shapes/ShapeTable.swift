extension Shape {
  /// Every shape, in the order they are tried: the particular before the general.
  static let all: [Shape] = [
    .getRole, .getRolePolicy, .getUserPolicy, .getPolicyVersion, .getPolicy,
    .getAccountAuthorizationDetails, .listRolePolicies, .listAttachedRolePolicies,
    .getBucketPolicy, .getKeyPolicy, .describePolicy,
    .getCallerIdentity, .describeOrganization, .listDelegatedAdministrators,
    .startImportInput, .startImportAnswer, .getImport, .listImports, .listImportFailures,
    .getEventDataStore, .listEventDataStores, .getEventSelectors, .describeTrails, .getTrail,
    .getBucketOwnershipControls, .getBucketACL, .getBucketEncryption, .getBucketLocation,
    .headBucket, .getPublicAccessBlock, .getBucketRequestPayment,
    .getBucketLifecycleConfiguration, .listIntelligentTiering, .headObject, .listObjects,
    .inventoryManifest, .describeKey, .listGrants, .listKeyPolicies,
    .cloudFormationTemplate, .parameterFile, .terraformPlan, .terraformState, .policyText, .policy,
  ]
}
