import Stack

/// An input from outside: what a lesson, a learner or a recording does to the world at its present time.
public enum WorldAction: Hashable, Sendable {
  /// An application's call. `SocketCall.latest` as its descriptor means the process's latest one.
  case call(host: HostID, process: ProcessID, SocketCall)
  case start(Program, host: HostID, process: ProcessID)
  /// The process ends; its descriptors are closed for it.
  case exit(host: HostID, process: ProcessID)
  /// Octets over a control block, as a learner may write them.
  case write(host: HostID, slot: Int, offset: Int, octets: [UInt8])
  /// Arms a fault for frames to come.
  case fault(ScriptedFault)
  /// Does something to a frame that is on its way.
  case strike(frame: UInt32, FaultEffect)
  /// Lets a held frame arrive now.
  case release(frame: UInt32)
  /// A forged segment goes on the wire.
  case inject(ForgedSegment)
  /// The cable at a host's adapter is cut: what is on it is lost, and so is all that follows.
  case cut(host: HostID)
  /// The cables at a host's adapters are whole again.
  case mend(host: HostID)
  /// A frame (without FCS) comes from the host outside.
  case arrive([UInt8])
  /// An ICMP error goes on the wire that no host had reason to send.
  case report(ForgedError)
  /// A setting of a host is another from now on.
  case set(host: HostID, HostParameter, Int)
  /// The process makes no calls, until it is resumed.
  case pause(host: HostID, process: ProcessID)
  case resume(host: HostID, process: ProcessID)
  /// The host restarts: sockets, connections, neighbours and processes are forgotten.
  case reboot(host: HostID)
  /// Time passes in which nothing happens; it never passes over an event.
  case wait(Nanoseconds)
}

extension SocketCall {
  /// Stands for the descriptor that the process got last: for `bind`, `listen`, `connect` and `accept` the
  /// last of `socket()`, for the others also that of `accept()`.
  public static let latest: Descriptor = -1
}
