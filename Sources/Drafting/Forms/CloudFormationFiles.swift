/// The policies as CloudFormation templates: one for the role's account, one for the bucket's.
///
/// CloudFormation cannot change the policy of a key that is there already, nor add a statement to a
/// bucket's: the bucket's template asks whoever deploys it whether it has all of them.
struct CloudFormationFiles {
  let facts: DraftFacts

  /// The templates and the policies that no template can hold.
  var files: [CopyDraft.File] {
    let policies = PolicyFiles(facts: facts, form: .cloudformation)
    return [
      CopyDraft.File(
        path: rolePath, text: role.yaml,
        purpose: "the role \(facts.roleName) and the caller's policy, account \(facts.lakeAccount)"),
      CopyDraft.File(
        path: bucketPath, text: bucket.yaml,
        purpose: "the policy of the bucket \(facts.bucket), account \(facts.bucketAccount)"),
    ] + policies.keys + [policies.caller]
  }

  /// The role's template.
  var rolePath: String { "\(Self.folder)/role-\(facts.lakeAccount).yaml" }
  /// The bucket policy's template.
  var bucketPath: String { "\(Self.folder)/bucket-\(facts.bucketAccount).yaml" }

  private static let folder = "templates"

  private var role: DraftValue {
    let policies = CopyPolicies(facts: facts)
    return [
      "AWSTemplateFormatVersion": "2010-09-09",
      "Description": .text(
        "The role that copies trail events to CloudTrail Lake, in account \(facts.lakeAccount)"),
      "Resources": [
        "CopyRole": [
          "Type": "AWS::IAM::Role",
          "Properties": [
            "RoleName": .text(facts.roleName), "Path": .text(facts.rolePath),
            "AssumeRolePolicyDocument": policies.trust,
            "Policies": [
              ["PolicyName": "AWSCloudTrailImport", "PolicyDocument": policies.role]
            ],
          ],
        ],
        "StartImportPolicy": [
          "Type": "AWS::IAM::ManagedPolicy",
          "Properties": [
            "Description": "For whoever starts the import",
            "PolicyDocument": policies.caller,
          ],
        ],
      ],
    ]
  }

  private var bucket: DraftValue {
    [
      "AWSTemplateFormatVersion": "2010-09-09",
      "Description": .text(
        "The policy of the bucket \(facts.bucket), in account \(facts.bucketAccount)"),
      "Parameters": [
        "ReplacesBucketPolicy": [
          "Type": "String",
          "AllowedValues": ["yes"],
          "Description":
            "A bucket has one policy, and this replaces it. Add the statements that it has today to those below, CloudTrail's deliveries among them, then say yes.",
        ]
      ],
      "Rules": [
        "EveryStatementIsHere": [
          "Assertions": [
            [
              "Assert": ["Fn::Equals": [["Ref": "ReplacesBucketPolicy"], "yes"]],
              "AssertDescription": "the policy has every statement that the bucket needs",
            ]
          ]
        ]
      ],
      "Resources": [
        "BucketPolicy": [
          "Type": "AWS::S3::BucketPolicy",
          "DeletionPolicy": "Retain",
          "UpdateReplacePolicy": "Retain",
          "Properties": [
            "Bucket": .text(facts.bucket), "PolicyDocument": CopyPolicies(facts: facts).bucket,
          ],
        ]
      ],
    ]
  }
}
