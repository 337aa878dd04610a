import Wire

/// What an application sets for one socket.
extension Host {
  mutating func set(_ option: SocketOption, _ slot: Int) throws(Stop) -> CallResult {
    switch option {
    case .noDelay(let isOn): change(.noDelay, isOn, slot)
    case .keepAlive(let isOn): change(.keepAlive, isOn, slot)
    case .abortOnClose(let isOn): change(.abortOnClose, isOn, slot)
    case .reuseAddress(let isOn): change(.reuseAddress, isOn, slot)
    case .noPush(let isOn): change(.noPush, isOn, slot)
    case .userTimeout(let milliseconds): memory[write: slot].userTimeout = milliseconds
    case .sendBuffer(let octets):
      guard octets > 0 else { return .failed(.invalidArgument) }
      memory[write: slot].sendBufferSize = octets
    case .receiveBuffer(let octets):
      guard octets > 0 else { return .failed(.invalidArgument) }
      memory[write: slot].receiveBufferSize = octets
    }
    try services.note(.ruleApplied, .setOption, .socket, memory[slot])
    guard memory[slot].state.isSynchronized else { return .returned(0) }
    switch option {
    case .noDelay(true), .noPush(false):
      // What waited for company goes now.
      try memory[write: slot].sendWhatMayGo(&queues[slot], &services)
    case .keepAlive(true): try memory[write: slot].hearPeer(&services)
    case .receiveBuffer: try memory[write: slot].bufferResized(&queues[slot], &services)
    default: break
    }
    return .returned(0)
  }

  private mutating func change(_ part: SocketSwitches, _ isOn: Bool, _ slot: Int) {
    if isOn {
      memory[write: slot].switches.insert(part)
    } else {
      memory[write: slot].switches.remove(part)
    }
  }
}
