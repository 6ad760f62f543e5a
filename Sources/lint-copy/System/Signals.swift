/// What the program makes of signals.
enum Signals {
  /// Leaves to the calls what would otherwise end the process: a reader that goes away, and a file
  /// that outgrows what the user's limits allow, are errors of `write`.
  static func leaveToCalls() {
    _ = signal(SIGPIPE, SIG_IGN)
    _ = signal(SIGXFSZ, SIG_IGN)
  }

  /// Does something that must be whole: whoever wants the program to end waits until it is.
  ///
  /// Files take their places within a moment; ended in between, the program would leave its
  /// temporary files behind.
  static func held<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var waiting = sigset_t()
    var before = sigset_t()
    unsafe sigemptyset(&waiting)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] { unsafe sigaddset(&waiting, number) }
    unsafe pthread_sigmask(SIG_BLOCK, &waiting, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    return try body()
  }
}
