/// What IAM knows by name, as texts that are searched where they are: lines sorted by their bytes
/// in lower case.
package enum ActionTables {}
