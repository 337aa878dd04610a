import Glibc

/// What a piece of work took.
struct Cost {
  /// CPU time of the process, user and system, nanoseconds.
  var cpu = 0.0
  /// Time by the wall, nanoseconds.
  var wall = 0.0

  static func += (left: inout Cost, right: Cost) {
    left.cpu += right.cpu
    left.wall += right.wall
  }
}

/// Does the work and measures it.
func measured(_ work: () throws -> Void) rethrows -> Cost {
  let clock = ContinuousClock()
  let cpu = processorTime()
  let start = clock.now
  try work()
  let wall = start.duration(to: clock.now)
  return Cost(cpu: processorTime() - cpu, wall: nanoseconds(wall))
}

private func nanoseconds(_ duration: Duration) -> Double {
  let (seconds, attoseconds) = duration.components
  return Double(seconds) * 1e9 + Double(attoseconds) / 1e9
}

/// CPU time that the process has used so far, nanoseconds.
private func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

/// Memory of the process that lies in RAM at present, octets; 0 where the system does not tell.
func residentMemory() -> Int {
  guard let file = fopen("/proc/self/statm", "r") else { return 0 }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 256)
  guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
  let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
  return pages * Int(getpagesize())
}

/// Lets freed memory stay with the process, so that a repetition does not measure how the kernel zeroes
/// pages that an earlier one has given back: glibc keeps twice the largest block that was ever freed.
func keepFreedMemory() {
  var block: UnsafeMutableRawPointer?
  if posix_memalign(&block, 64, 30 << 20) == 0 { free(block) }
}

/// Gives freed memory back to the system, so that what is asked for next shows.
func giveFreedMemoryBack() { _ = trim(0) }

/// glibc's `malloc_trim`; its header is not among those that Swift imports.
@_silgen_name("malloc_trim") private func trim(_ kept: Int) -> CInt

/// A line on standard error.
func complain(_ line: String) {
  let octets = Array((line + "\n").utf8)
  _ = write(STDERR_FILENO, octets, octets.count)
}
