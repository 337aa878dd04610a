import Stack
import Wire

@testable import Course

/// A link whose other end is a host of our own with a clock that nobody waits for.
struct SimulatedPeer: OutsideLink {
  enum Problem: Error { case none }

  let peer = "Linux of the test"
  let foreignFrames = 2
  private var host: Host
  private var clock = Instant.zero
  private var journal = Journal(isLooking: false)
  /// It takes frames and never answers.
  var isSilent = false
  /// Every question about the time takes some.
  private static let step = Nanoseconds.microseconds(5)

  init(_ outside: OutsideHost, _ change: (inout HostConfiguration) -> Void = { _ in }) throws {
    var configuration = outside.configuration
    change(&configuration)
    host = Host(configuration)
    guard let port = outside.port else { return }
    let process = ProcessID(7)
    for call in [
      SocketCall.socket(.stream), .bind(3, SocketAddress(.any, port)), .listen(3, backlog: 5),
    ] {
      _ = try host.call(call, by: process, at: clock, &journal)
    }
  }

  var now: Instant { clock }

  mutating func send(_ frame: [UInt8]) {
    clock = clock + Self.step
    guard !isSilent else { return }
    try? host.receive(LinkFrame(octets: frame), at: clock, &journal)
  }

  mutating func receive(until deadline: Instant) -> [UInt8]? {
    while true {
      if let frame = host.takeFrame() {
        clock = clock + Self.step
        return frame.octets
      }
      guard let due = host.nextDeadline, due <= deadline, !isSilent else {
        clock = max(clock, deadline)
        return nil
      }
      clock = max(clock, due)
      try? host.advance(to: clock, &journal)
    }
  }
}
