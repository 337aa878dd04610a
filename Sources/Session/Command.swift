import Simulation
import Stack

/// What somebody asks of a running world: the one command that lab, lessons, keys and recordings share.
public enum Command: Hashable, Sendable {
  /// An input from outside: a call, a program's start, octets written, a fault.
  case act(WorldAction)
  /// The next event.
  case advance
  /// Everything that happens in so much time; the clock then stands at its end.
  case run(Nanoseconds)

  /// An application's call.
  public static func call(_ call: SocketCall, host: HostID, process: ProcessID = ProcessID(1))
    -> Command
  { .act(.call(host: host, process: process, call)) }

  /// An application begins.
  public static func start(_ program: Program, host: HostID, process: ProcessID = ProcessID(1))
    -> Command
  { .act(.start(program, host: host, process: process)) }

  /// A fault for frames to come.
  public static func fault(_ fault: ScriptedFault) -> Command { .act(.fault(fault)) }

  /// Octets over a control block.
  public static func write(_ octets: [UInt8], host: HostID, slot: Int, offset: Int) -> Command {
    .act(.write(host: host, slot: slot, offset: offset, octets: octets))
  }
}
