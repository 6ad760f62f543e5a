import Glibc

/// The processor time this process has used, in seconds: what others do on the machine does not count.
func processorTime() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The shortest of several runs, in seconds: what disturbs a run only makes it longer.
func shortest(of runs: Int, _ body: () -> Void) -> Double {
  var best = Double.infinity
  for _ in 0..<runs {
    let start = processorTime()
    body()
    best = min(best, processorTime() - start)
  }
  return best
}

/// Prints a figure.
func report(_ name: String, _ value: Double, _ unit: String) {
  let rounded = value < 100 ? "\((value * 100).rounded() / 100)" : "\(Int(value.rounded()))"
  print(#"{"name": "\#(name)", "value": \#(rounded), "unit": "\#(unit)"}"#)
}

/// Reads a file whole.
func readFile(_ path: String) throws -> [UInt8] {
  guard let file = unsafe fopen(path, "r") else { throw Unreadable(path: path) }
  defer { unsafe fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 20)
  while true {
    let count = unsafe fread(&buffer, 1, buffer.count, file)
    guard count > 0 else { return bytes }
    bytes += buffer[..<count]
  }
}

struct Unreadable: Error {
  var path: String
}
