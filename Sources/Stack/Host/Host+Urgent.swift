/// A process that is to be told of urgent data, as by the signal SIGURG of the BSD interface.
public struct UrgentSignal: Hashable, Sendable {
  /// Who owns the socket.
  public var process: ProcessID
  public var descriptor: Descriptor
}

/// How applications learn of urgent data: RFC 9293 §3.8.5 and §3.9.1.8.
extension Host {
  /// The next process that is to be told. One that is told again before it was asked for is told once.
  public mutating func takeUrgentSignal() -> UrgentSignal? {
    while !services.urgentSlots.isEmpty {
      let slot = services.urgentSlots.removeFirst()
      guard memory.slots.contains(slot), let descriptor = memory[slot].descriptor else { continue }
      return UrgentSignal(process: ProcessID(memory[slot].owner), descriptor: descriptor)
    }
    return nil
  }

  /// `sockatmark()`: 1 where the application has read all urgent data that is known of, and nothing beyond.
  mutating func tellMark(_ slot: Int) throws(Stop) -> CallResult {
    guard memory[slot].remotePort != 0 else { return .failed(.notConnected) }
    try services.note(
      .ruleApplied, .urgentAsked, .tcp, memory[slot], value: UInt64(memory[slot].urgentLeft ?? 0))
    return .returned(memory[slot].urgent.contains(.atMark) ? 1 : 0)
  }
}

extension Services {
  /// The owner of the socket at work is to be told of urgent data.
  mutating func tellOfUrgentData() {
    if !urgentSlots.contains(slot) { urgentSlots.append(slot) }
  }
}
