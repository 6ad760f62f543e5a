import Evidence
import PolicyModel

@testable import Checks

extension StatusCell {
  /// What is known of the event data store, and of who pays for the bucket.
  static let store: [StatusCell] = [
    StatusCell("retention-range", .proven) { _ in },
    StatusCell("retention-range", .violated) {
      $0.change = { $0.facts.retentionPeriod = .stated(3654, by: "the store") }
    },
    StatusCell("retention-range", .open, cannotBe: "numbers are compared: known or not checked"),
    StatusCell("retention-range", .notChecked) {
      $0.change = {
        $0.facts.retentionPeriod = .stated(2558, by: "the store")
        $0.facts.storeBillingMode = .unknown
      }
    },
    StatusCell("retention-range", .notApplicable, cannotBe: "every store has a retention period"),
    StatusCell("event-data-store-status", .proven) { _ in },
    StatusCell("event-data-store-status", .violated) {
      $0.change = { $0.facts.storeStatus = .stated("STARTING_INGESTION", by: "the store") }
    },
    StatusCell("event-data-store-status", .open) {
      $0.change = { $0.facts.storeStatus = .stated("ASLEEP", by: "the store") }
    },
    StatusCell("event-data-store-status", .notChecked) {
      $0.change = { $0.facts.storeStatus = .unknown }
    },
    StatusCell("event-data-store-status", .notApplicable, cannotBe: "every store has a state"),
    StatusCell("event-data-store-category", .proven) {
      $0.change = {
        $0.facts.storeCategories = .stated(["Data", "NetworkActivity"], by: "the store")
      }
    },
    StatusCell("event-data-store-category", .violated) {
      $0.change = { $0.facts.storeCategories = .stated(["Data", "Insight"], by: "the store") }
    },
    StatusCell("event-data-store-category", .open, cannotBe: "a category is CloudTrail's or not"),
    StatusCell("event-data-store-category", .notChecked) {
      $0.change = { $0.facts.storeCategories = .stated([], by: "the store") }
    },
    StatusCell("event-data-store-category", .notApplicable, cannotBe: "every store has a category"),
    StatusCell("duplicate-events", .proven) { _ in },
    StatusCell("duplicate-events", .violated) {
      $0.change = {
        $0.facts.storeCreated = .stated(
          Timestamp(seconds: $0.asOf.seconds - 3 * 86_400), by: "the store")
      }
    },
    StatusCell("duplicate-events", .open, cannotBe: "moments are compared: known or not checked"),
    StatusCell("duplicate-events", .notChecked) { $0.change = { $0.facts.endTime = .unknown } },
    StatusCell("duplicate-events", .notApplicable) {
      $0.change = { $0.facts.storeStatus = .stated("PENDING_DELETION", by: "the store") }
    },
    StatusCell("requester-pays", .proven) { _ in },
    StatusCell("requester-pays", .violated) {
      $0.change = { $0.facts.payer = .stated("Requester", by: "the bucket") }
    },
    StatusCell("requester-pays", .open, cannotBe: "one or the other pays"),
    StatusCell("requester-pays", .notChecked) { $0.change = { $0.facts.payer = .unknown } },
    StatusCell("requester-pays", .notApplicable, cannotBe: "somebody pays for every bucket"),
  ]
}
