/// Something that takes octets from strangers, with what must hold whatever the octets are.
///
/// `.ci/fuzz` gives each target octets made by libFuzzer; `FuzzingTests` gives it the seeds and all
/// octets that ever were a finding.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// The text of a lesson; one that reads well is run.
  case lesson
  /// An expression, a path and a narration.
  case expression
  /// A line of `do`, carried out on a run.
  case command
  /// A header, its table and its typed form.
  case ethernet, arp, ipv4, icmp, udp, tcp
  /// A frame with all that is in it.
  case dissection
  /// Capture files.
  case pcap, pcapng
  /// Connections as frames show them.
  case observation
  /// The octets from which a recorded run is made again.
  case run
  /// A host with sockets in many states; frames, calls, time and pokes in any order.
  case host

  /// Does with the octets what the program does with them.
  ///
  /// Besides what is thrown, a trap, a hang or a great deal of memory is a finding.
  public func take(_ octets: [UInt8]) throws(Finding) {
    switch self {
    case .lesson: try LessonFuzz.take(octets)
    case .expression: try ExpressionFuzz.take(octets)
    case .command: try CommandFuzz.take(octets)
    case .ethernet: try HeaderFuzz.ethernet(octets)
    case .arp: try HeaderFuzz.arp(octets)
    case .ipv4: try HeaderFuzz.ipv4(octets)
    case .icmp: try HeaderFuzz.icmp(octets)
    case .udp: try HeaderFuzz.udp(octets)
    case .tcp: try HeaderFuzz.tcp(octets)
    case .dissection: try DissectionFuzz.take(octets)
    case .pcap: try CaptureFuzz.pcap(octets)
    case .pcapng: try CaptureFuzz.pcapng(octets)
    case .observation: try ObservationFuzz.take(octets)
    case .run: try RunFuzz.take(octets)
    case .host: try HostFuzz.take(octets)
    }
  }
}

/// What should have held and did not.
public struct Finding: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}

/// Throws a finding unless the condition holds.
func require(_ condition: Bool, _ what: @autoclosure () -> String) throws(Finding) {
  if !condition { throw Finding(what()) }
}
