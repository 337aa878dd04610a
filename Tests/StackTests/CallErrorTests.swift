import Testing
import Wire

@testable import Stack

/// What the calls answer when they cannot do what is asked, with BSD's names; RFC 9293 §3.10.1–3.10.5.
@Suite struct CallErrorTests {
  private let remote = SocketAddress(Peer.address, Peer.port)

  private static let onDescriptor: [SocketCall] = [
    .bind(3, SocketAddress(.any, 1)), .listen(3, backlog: 1), .accept(3),
    .connect(3, SocketAddress(Peer.address, 1)), .send(3, [1]), .receive(3, limit: 1),
    .sendTo(3, [1], SocketAddress(Peer.address, 1)), .receiveFrom(3, limit: 1),
    .shutdown(3, .both), .close(3), .abort(3),
  ]

  @Test(arguments: onDescriptor) func aDescriptorThatIsNone(call: SocketCall) throws {
    var peer = Peer()
    #expect(try peer.call(call) == .failed(.badDescriptor))
    #expect(peer.host.memory.count == 0 && peer.host.nextDeadline == nil)
    // Another process's descriptor is none either.
    _ = try peer.host.call(.socket(.stream), by: ProcessID(99), at: peer.now, &peer.journal)
    #expect(try peer.call(call) == .failed(.badDescriptor))
  }

  @Test(arguments: [-1, 0, 1, 2, 4, 1_000_000, .max, .min]) func oddDescriptors(number: Int) throws
  {
    var peer = Peer()
    try peer.call(.socket(.stream))
    #expect(try peer.call(.close(number)) == .failed(.badDescriptor))
  }

  /// RFC 9293 §3.10.1: "error: insufficient resources".
  @Test func memoryForTwoSockets() throws {
    var peer = Peer { $0.socketLimit = 2 }
    try peer.call(.socket(.stream))
    try peer.call(.socket(.datagram))
    let before = peer.host.memory.used.map { peer.host.memory[$0] }
    #expect(try peer.call(.socket(.stream)) == .failed(.noBuffers))
    #expect(peer.host.memory.used.map { peer.host.memory[$0] } == before)
    try peer.call(.close(3))
    #expect(try peer.call(.socket(.stream)) == .returned(3), "the lowest that is free")
  }

  @Test func noMemoryForAConnection() throws {
    var peer = Peer { $0.socketLimit = 1 }
    try peer.listen()
    #expect(try peer.send(.syn, 10, nil).isEmpty)
    #expect(peer.rules.contains(.insufficientResources) && peer.block(3)?.waiting == 0)
  }

  @Test func noMoreDescriptors() throws {
    var peer = Peer { $0.descriptorLimit = 4 }
    #expect(try peer.call(.socket(.stream)) == .returned(3))
    #expect(try peer.call(.socket(.stream)) == .failed(.tooManyDescriptors))
    #expect(peer.host.memory.count == 1)
    try peer.call(.bind(3, SocketAddress(.any, 80)))
    try peer.call(.listen(3, backlog: 1))
    let synAck = try peer.send(.syn, 10, nil)[0].header
    try peer.send(.ack, 11, synAck.sequence.value &+ 1)
    #expect(try peer.call(.accept(3)) == .failed(.tooManyDescriptors))
    #expect(peer.connection?.state == .established, "it waits on")
  }

  @Test func portsAreTakenOnce() throws {
    var peer = Peer()
    try peer.listen()
    try peer.call(.socket(.stream))
    #expect(try peer.call(.bind(4, SocketAddress(.any, 80))) == .failed(.addressInUse))
    #expect(
      try peer.call(.bind(4, SocketAddress(Peer.address, 81))) == .failed(.addressNotAvailable))
    #expect(try peer.call(.bind(4, SocketAddress(Peer.hostAddress, 81))) == .returned(0))
    #expect(try peer.call(.bind(4, SocketAddress(.any, 82))) == .failed(.invalidArgument))
    try peer.call(.socket(.datagram))
    #expect(try peer.call(.bind(5, SocketAddress(.any, 80))) == .returned(0), "UDP has its own")
  }

  @Test func portZeroMeansAnyFreePort() throws {
    var peer = Peer()
    try peer.call(.socket(.stream))
    try peer.call(.bind(3, SocketAddress(.any, 0)))
    #expect((peer.block(3)?.localPort ?? 0) >= 49_152)
    try peer.call(.socket(.stream))
    #expect(try peer.call(.listen(4, backlog: 1)) == .returned(0))
    #expect((peer.block(4)?.localPort ?? 0) >= 49_152)
  }

  @Test func connectingTwice() throws {
    var peer = Peer()
    let syn = try peer.connect()
    #expect(try peer.call(.connect(3, remote)) == .failed(.alreadyConnecting))
    try peer.send([.syn, .ack], 500, syn.sequence.value &+ 1)
    #expect(try peer.call(.connect(3, remote)) == .failed(.isConnected))
    #expect(try peer.call(.listen(3, backlog: 1)) == .failed(.invalidArgument))
    #expect(try peer.call(.accept(3)) == .failed(.invalidArgument))
    #expect(peer.rules.contains(.alreadyOpen))
    try peer.send(.rst, 501, nil)
    #expect(try peer.call(.connect(3, remote)) == .failed(.reset), "an error is told first")
    #expect(try peer.call(.connect(3, remote)) == .failed(.invalidArgument))
  }

  @Test func placesThatCannotBeReached() throws {
    var peer = Peer { $0.gateway = nil }
    try peer.call(.socket(.stream))
    for (address, error) in [
      (IPv4Address.any, SocketError.destinationRequired), (.broadcast, .networkUnreachable),
      (IPv4Address(224, 0, 0, 1), .networkUnreachable),
      (IPv4Address(192, 0, 2, 255), .networkUnreachable),
      (IPv4Address(127, 0, 0, 1), .networkUnreachable),
      (IPv4Address(203, 0, 113, 1), .networkUnreachable), (Peer.hostAddress, .networkUnreachable),
    ] {
      #expect(try peer.call(.connect(3, SocketAddress(address, 80))) == .failed(error))
    }
    #expect(
      try peer.call(.connect(3, SocketAddress(Peer.address, 0))) == .failed(.destinationRequired))
    #expect(peer.block(3)?.state == .closed && peer.block(3)?.remotePort == 0)
  }

  @Test func talkingWithoutAConnection() throws {
    var peer = Peer()
    try peer.call(.socket(.stream))
    #expect(try peer.call(.send(3, [1])) == .failed(.notConnected))
    #expect(try peer.call(.receive(3, limit: 1)) == .failed(.notConnected))
    #expect(try peer.call(.shutdown(3, .both)) == .failed(.notConnected))
    #expect(try peer.call(.accept(3)) == .failed(.invalidArgument))
    try peer.call(.bind(3, SocketAddress(.any, 80)))
    try peer.call(.listen(3, backlog: 1))
    #expect(try peer.call(.send(3, [1])) == .failed(.notConnected))
    #expect(try peer.call(.receive(3, limit: 1)) == .failed(.notConnected))
    #expect(try peer.call(.connect(3, remote)) == .failed(.operationNotSupported))
    #expect(try peer.answers().isEmpty)
  }

  @Test func oddNumbers() throws {
    var peer = Peer()
    try peer.establish()
    #expect(try peer.call(.receive(4, limit: -1)) == .failed(.invalidArgument))
    #expect(try peer.call(.send(4, [])) == .returned(0))
    #expect(try peer.call(.listen(3, backlog: -5)) == .returned(0))
    #expect(peer.block(3)?.backlog == 1)
    #expect(try peer.call(.listen(3, backlog: .max)) == .returned(0))
    #expect(peer.block(3)?.backlog == .max)
  }

  @Test func sendingAfterTheEnd() throws {
    var peer = Peer()
    try peer.establish()
    try peer.call(.shutdown(4, .sending))
    #expect(try peer.call(.send(4, [1])) == .failed(.brokenPipe))
    #expect(peer.rules.contains(.connectionClosing))
  }

  /// The send buffer is full: the caller sleeps until acknowledgments have made room for all of it.
  @Test func aFullSendBufferMakesTheCallerSleep() throws {
    var peer = Peer { $0.tcp.sendBuffer = 1000 }
    try peer.establish()
    let data = (0..<2500).map { UInt8(truncatingIfNeeded: $0 &* 3) }
    #expect(try peer.call(.send(4, data)) == .blocked)
    var received: [UInt8] = []
    var answers = try peer.answers()
    while !answers.isEmpty {
      received += answers.flatMap(\.text)
      let next = try #require(peer.connection?.sendNext.value)
      answers = try peer.send(.ack, 5001, next)
    }
    #expect(received == data)
    #expect(peer.completions.map(\.result) == [.returned(2500)])
  }

  @Test func theErrorsHaveBSDsNames() {
    #expect(Set(SocketError.allCases.map(\.name)).count == SocketError.allCases.count)
    for error in SocketError.allCases {
      #expect(SocketError(octet: error.rawValue) == error && error.name.hasPrefix("E"))
    }
    #expect(SocketError(octet: 0) == nil && SocketError(octet: 255) == nil)
  }
}
