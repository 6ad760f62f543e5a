/// The policies as JSON, and a Terraform configuration for each side that puts them into place.
///
/// A configuration reads its policies from the files that `lint-copy` judges, so that there is one
/// text of each. What belongs to another account is a configuration of its own, with a provider that
/// takes no other account. A bucket's and a key's policy are replaced whole: the configuration asks
/// for the statements that are there, and Terraform refuses to take the policy away again.
struct TerraformFiles {
  let facts: DraftFacts

  /// The policies and configurations.
  var files: [CopyDraft.File] {
    let policies = PolicyFiles(facts: facts, form: .terraform)
    return policies.files + [
      file(
        "role-\(facts.lakeAccount)", role,
        "the role \(facts.roleName) and the caller's policy, account \(facts.lakeAccount)"),
      file(
        "bucket-\(facts.bucketAccount)", bucket,
        "the policy of the bucket \(facts.bucket), account \(facts.bucketAccount)"),
    ]
      + facts.keys.map { key in
        file(
          folder(of: key), configuration(of: key),
          "the policy of the key \(key.id), account \(key.account)")
      }
  }

  private func file(_ folder: String, _ text: String, _ purpose: String) -> CopyDraft.File {
    CopyDraft.File(path: "terraform/\(folder)/main.tf", text: text, purpose: purpose)
  }

  /// One key an account is the rule; several have their ids in the name.
  private func folder(of key: DraftFacts.Key) -> String {
    facts.keys.count { $0.account == key.account } == 1
      ? "key-\(key.account)" : "key-\(key.account)-\(key.id)"
  }

  private func head(account: String, region: String) -> String {
    """
    terraform {
      required_providers {
        aws = {
          source  = "hashicorp/aws"
          version = ">= 5.0"
        }
      }
    }

    provider "aws" {
      region              = \(region.hcl)
      allowed_account_ids = [\(account.hcl)]
    }


    """
  }

  private var role: String {
    let path = { (name: String) in Self.reading(PolicyFiles.path(name, .terraform)) }
    return head(account: facts.lakeAccount, region: facts.lakeRegion) + """
      resource "aws_iam_role" "copy" {
        name               = \(facts.roleName.hcl)
        path               = \(facts.rolePath.hcl)
        assume_role_policy = \(path("trust"))
      }

      resource "aws_iam_role_policy" "copy" {
        name   = "AWSCloudTrailImport"
        role   = aws_iam_role.copy.name
        policy = \(path("role"))
      }

      # For whoever starts the import.
      resource "aws_iam_policy" "caller" {
        name_prefix = "start-import-"
        policy      = \(path("caller"))
      }

      """
  }

  private var bucket: String {
    head(account: facts.bucketAccount, region: facts.bucketRegion)
      + Self.replacing(
        "bucket", PolicyFiles.path("bucket", .terraform),
        "aws_s3_bucket_policy", "bucket", facts.bucket)
  }

  private func configuration(of key: DraftFacts.Key) -> String {
    head(account: key.account, region: facts.bucketRegion)
      + Self.replacing(
        "key", PolicyFiles.path(PolicyFiles.name(of: key, in: facts), .terraform),
        "aws_kms_key_policy", "key_id", key.arn)
  }

  /// A resource that replaces a policy, and the question for the statements it has today.
  private static func replacing(
    _ thing: String, _ path: String, _ type: String, _ argument: String, _ value: String
  ) -> String {
    let width = max(argument.utf8.count, "policy".utf8.count)
    let name = argument.padded(to: width)
    let policy = "policy".padded(to: width)
    return """
      variable "present_statements" {
        description = "The statements that the \(thing)'s policy has today, which this one replaces; [] where it has none. Best in a file terraform.tfvars.json, which takes policies as they are."
        type        = any
        nullable    = false
      }

      locals {
        draft = jsondecode(\(reading(path)))
        # What an earlier run put here is not put here twice.
        drafted = [for statement in local.draft.Statement : jsonencode(statement)]
        kept    = [for statement in var.present_statements : statement if !contains(local.drafted, jsonencode(statement))]
      }

      resource "\(type)" "copy" {
        \(name) = \(value.hcl)
        \(policy) = jsonencode(merge(local.draft, { Statement = concat(local.kept, local.draft.Statement) }))

        lifecycle {
          prevent_destroy = true
        }
      }

      """
  }

  private static func reading(_ path: String) -> String {
    "file(\"${path.module}/../../\(path)\")"
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - utf8.count))
  }
}
