import PolicyModel
import Synchronization
import Testing

@Suite struct `Work on several threads` {
  @Test(arguments: [0, 1, 3, 4, 5, 100, 1_000])
  func `Results are in the order of the elements`(count: Int) {
    #expect(Array(0..<count).concurrentMap { $0 * 2 } == (0..<count).map { $0 * 2 })
  }

  @Test func `Each element is worked on once`() {
    let seen = Mutex<[Int]>([])
    _ = Array(0..<500).concurrentMap { element in seen.withLock { $0.append(element) } }
    #expect(seen.withLock { $0.sorted() } == Array(0..<500))
  }

  @Test func `Threads have room for documents as deep as they may be`() throws {
    let deep = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
    let read = (0..<8).map { "\($0)" }.concurrentMap { name in
      (try? Tree.parse(Source(path: name, deep)).root) != nil
    }
    #expect(read == [Bool](repeating: true, count: 8))
  }
}
