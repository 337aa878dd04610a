import Stack
import Wire

/// A datagram echo under way (RFC 862).
public struct DatagramEchoRun: Sendable {
  public let port: UInt16
  /// Datagrams sent back.
  public private(set) var echoed = 0
  private var descriptor: Descriptor?
  private var isBound = false

  init(port: UInt16) { self.port = port }

  mutating func next(after result: CallResult?) -> ProgramStep {
    guard let descriptor else {
      guard case .returned(let value) = result else {
        if case .failed(let error) = result { return .finish(.failed(error)) }
        return .call(.socket(.datagram))
      }
      self.descriptor = value
      return .call(.bind(value, SocketAddress(.any, port)))
    }
    switch result {
    case .failed(let error) where !isBound: return .finish(.failed(error))
    case .datagram(let octets, let peer):
      echoed += 1
      return .call(.sendTo(descriptor, octets, peer))
    default:
      // An error of one datagram is no reason to stop serving.
      isBound = true
      return .call(.receiveFrom(descriptor, limit: 65_535))
    }
  }
}

/// A script under way.
public struct ScriptRun: Sendable {
  public let steps: [ScriptStep]
  public private(set) var received: [UInt8] = []
  private var place = 0
  private var isReceivingAll = false

  init(_ steps: [ScriptStep]) { self.steps = steps }

  mutating func next(after result: CallResult?) -> ProgramStep {
    if place > 0, case .failed(let error) = result { return .finish(.failed(error)) }
    if place > 0, case .data(let octets) = result {
      received += octets
      if isReceivingAll && !octets.isEmpty { return receive() }
    }
    isReceivingAll = false
    guard place < steps.count else { return .finish(.done) }
    place += 1
    switch steps[place - 1] {
    case .call(let call): return .call(call)
    case .wait(let span): return .wait(span)
    case .receiveAll:
      isReceivingAll = true
      return receive()
    }
  }

  private func receive() -> ProgramStep { .call(.receive(SocketCall.latest, limit: 4096)) }
}
