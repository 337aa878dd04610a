import Simulation
import Stack

/// A line to a host that is not simulated, with the real time: what a run over it needs from the system.
public protocol OutsideLink {
  associatedtype Problem: Error

  /// What answers at the other end, such as `Linux 6.18`.
  var peer: String { get }
  /// Frames that came and were no matter of the lesson.
  var foreignFrames: Int { get }
  /// Real time since the link was there.
  var now: Instant { get }
  /// Hands a frame (without FCS) over.
  mutating func send(_ frame: [UInt8]) throws(Problem)
  /// The next frame, waited for at most until a time; nil when none came.
  mutating func receive(until deadline: Instant) throws(Problem) -> [UInt8]?
}

/// What the host outside must be like for a lesson's run.
public struct OutsideHost: Sendable {
  /// The host as the lesson's world has it.
  public var configuration: HostConfiguration
  /// Hosts whose Ethernet addresses it knows from the start.
  public var neighbours: [HostConfiguration]
  /// Port of the web server that it runs; nil: none.
  public var port: UInt16?

  init(_ world: WorldConfiguration, _ host: HostID, port: UInt16?) {
    configuration = world.hosts[Int(host.index)]
    let known = configuration.knownNeighbours
    neighbours = world.hosts.filter { known[$0.address] == $0.hardwareAddress }
    self.port = port
  }
}
