import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

extension Array where Element: Sendable {
  /// How many elements are worth a second thread.
  private static var fewest: Int { 4 }

  /// Maps the elements on as many threads as there are processors; the results are in their order.
  ///
  /// Threads of our own have the stack of the first one, for which the depth of documents is
  /// limited; those of a pool may have a sixteenth of it.
  package func concurrentMap<Result: Sendable>(
    _ transform: @escaping @Sendable (Element) -> Result
  ) -> [Result] {
    let processors = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    guard count >= Self.fewest, processors > 1 else { return map(transform) }
    let work = SharedWork(self, transform)
    let others = (1..<Swift.min(processors, count)).compactMap { _ in Worker(work.run) }
    work.run()
    for other in others { other.join() }
    return work.finished
  }
}

/// What several threads share: each takes the next element until none is left.
private final class SharedWork<Element: Sendable, Result: Sendable>: Sendable {
  private let elements: [Element]
  private let transform: @Sendable (Element) -> Result
  private let next = Atomic(0)
  private let results: Mutex<[Result?]>

  init(_ elements: [Element], _ transform: @escaping @Sendable (Element) -> Result) {
    self.elements = elements
    self.transform = transform
    results = Mutex([Result?](repeating: nil, count: elements.count))
  }

  @Sendable func run() {
    while true {
      let position = next.add(1, ordering: .relaxed).oldValue
      guard position < elements.count else { return }
      let result = transform(elements[position])
      results.withLock { $0[position] = result }
    }
  }

  var finished: [Result] { results.withLock { $0.compactMap(\.self) } }
}

/// A thread that does one thing.
private struct Worker {
  /// What a process's first thread has on Linux and macOS.
  private static let stackSize = 8 << 20

  private let thread: pthread_t

  /// Begins at once; nil where the system gives no thread.
  init?(_ body: @escaping @Sendable () -> Void) {
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    defer { unsafe pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setstacksize(&attributes, Self.stackSize)
    let box = unsafe Unmanaged.passRetained(Box(body))
    #if canImport(Darwin)
    var started: pthread_t?
    #else
    var started = pthread_t()
    #endif
    let result = unsafe pthread_create(
      &started, &attributes,
      { argument in
        #if canImport(Darwin)
        unsafe Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
        #else
        if let argument = unsafe argument {
          unsafe Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
        }
        #endif
        return nil
      }, box.toOpaque())
    guard result == 0 else {
      unsafe box.release()
      return nil
    }
    #if canImport(Darwin)
    guard let started = unsafe started else { return nil }
    unsafe thread = started
    #else
    thread = started
    #endif
  }

  func join() {
    #if canImport(Darwin)
    unsafe pthread_join(thread, nil)
    #else
    pthread_join(thread, nil)
    #endif
  }

  private final class Box {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
