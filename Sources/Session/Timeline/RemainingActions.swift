import Simulation
import Stack

/// What was done from outside behind a fork, on its way into a branch.
///
/// A program is one thing after the other: a call that was made when its process was awake waits in the branch
/// until the process is, and a process that was killed makes none.
struct RemainingActions {
  struct Entry {
    var time: Instant
    var action: WorldAction
    /// The process that makes this call slept in another one.
    var isAsleep: Bool
  }

  private var entries: ArraySlice<Entry>
  /// Calls whose time has come and whose process still sleeps.
  private var late: [Entry] = []

  /// - Parameter action: what is done at the fork.
  init(_ entries: [Entry], after action: WorldAction, in world: World) {
    let dead: [ProcessRecord] =
      switch action {
      case .exit(let host, let process):
        world.processes.filter { $0.host == host && $0.id == process }
      case .reboot(let host): world.processes.filter { $0.host == host }
      default: []
      }
    self.entries =
      entries.filter { entry in
        // Time passes by itself up to the next one.
        if case .wait = entry.action { return false }
        guard let caller = entry.action.caller else { return true }
        return !dead.contains { $0.host == caller.host && $0.id == caller.process }
      }[...]
  }

  /// When the next one was done.
  var nextTime: Instant? { entries.first?.time }

  /// Takes the next one; nil when it has to wait.
  mutating func takeNext(in world: World) -> WorldAction? {
    guard let entry = entries.popFirst() else { return nil }
    let isBehind = late.contains { $0.action.isOfSameProcess(as: entry.action) }
    guard isBehind || !isReady(entry, world) else { return entry.action }
    late.append(entry)
    return nil
  }

  /// Takes the first call that can be made by now.
  mutating func takeLate(in world: World) -> WorldAction? {
    let place = late.indices.first { place in
      isReady(late[place], world)
        && !late[..<place].contains { $0.action.isOfSameProcess(as: late[place].action) }
    }
    return place.map { late.remove(at: $0).action }
  }

  private func isReady(_ entry: Entry, _ world: World) -> Bool {
    guard let caller = entry.action.caller,
      let process = world.process(caller.process, of: caller.host)
    else { return true }
    return !process.isPaused && (process.pending == nil || entry.isAsleep)
  }
}

extension WorldAction {
  /// Who makes a call.
  var caller: (host: HostID, process: ProcessID)? {
    if case .call(let host, let process, _) = self { return (host, process) }
    return nil
  }

  fileprivate func isOfSameProcess(as other: WorldAction) -> Bool {
    guard let caller, let second = other.caller else { return false }
    return caller == second
  }
}
