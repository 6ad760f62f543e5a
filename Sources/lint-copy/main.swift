// The whole of what touches the process: arguments, surroundings and the two streams go in, an exit
// code comes out. Everything between is a function of its arguments.
exit(Process.run())
