import Wire

/// A descriptor: the application's number for a socket, 3 for its first.
public typealias Descriptor = Int

/// A process of a host.
public struct ProcessID: Hashable, Sendable, BitwiseCopyable {
  /// The number, as `ps` would show it.
  public var value: UInt32
  public init(_ value: UInt32) { self.value = value }
}

/// The kinds of socket that an application may ask for.
public enum SocketKind: Hashable, Sendable {
  /// A stream socket: TCP.
  case stream
  /// A datagram socket: UDP.
  case datagram
}

/// What an application asks of the socket library, as in the BSD interface.
public enum SocketCall: Hashable, Sendable {
  case socket(SocketKind)
  case bind(Descriptor, SocketAddress)
  case listen(Descriptor, backlog: Int)
  case accept(Descriptor)
  case connect(Descriptor, SocketAddress)
  case send(Descriptor, [UInt8])
  /// `send` with MSG_OOB: the URGENT flag of RFC 9293 §3.9.1.2. The data stays in the stream (RFC 6093).
  case sendUrgent(Descriptor, [UInt8])
  case receive(Descriptor, limit: Int)
  case sendTo(Descriptor, [UInt8], SocketAddress)
  case receiveFrom(Descriptor, limit: Int)
  case shutdown(Descriptor, ShutdownDirection)
  case close(Descriptor)
  /// ABORT of RFC 9293 §3.10.5: reset instead of FIN.
  case abort(Descriptor)
  case setOption(Descriptor, SocketOption)
  /// Whether all urgent data that is known of has been read, and nothing beyond (RFC 9293 §3.8.5, MUST-33).
  case atMark(Descriptor)

  /// The call's name in the BSD interface.
  public var name: String {
    switch self {
    case .socket: "socket"
    case .bind: "bind"
    case .listen: "listen"
    case .accept: "accept"
    case .connect: "connect"
    case .send, .sendUrgent: "send"
    case .receive: "receive"
    case .sendTo: "sendto"
    case .receiveFrom: "receivefrom"
    case .shutdown: "shutdown"
    case .close: "close"
    case .abort: "abort"
    case .setOption: "setsockopt"
    case .atMark: "sockatmark"
    }
  }

  /// The descriptor that the call names.
  public var descriptor: Descriptor? {
    switch self {
    case .socket: nil
    case .bind(let descriptor, _), .listen(let descriptor, _), .accept(let descriptor),
      .connect(let descriptor, _), .send(let descriptor, _), .sendUrgent(let descriptor, _),
      .receive(let descriptor, _), .sendTo(let descriptor, _, _),
      .receiveFrom(let descriptor, _), .shutdown(let descriptor, _), .close(let descriptor),
      .abort(let descriptor), .setOption(let descriptor, _), .atMark(let descriptor):
      descriptor
    }
  }
}

/// What an application sets for one socket, with the BSD interface's names.
public enum SocketOption: Hashable, Sendable {
  /// TCP_NODELAY: the Nagle algorithm is off (RFC 9293 §3.7.4, MUST-17).
  case noDelay(Bool)
  /// SO_KEEPALIVE (RFC 9293 §3.8.4, MUST-24).
  case keepAlive(Bool)
  /// SO_LINGER with 0 seconds: `close()` aborts (RFC 9293 §3.10.5).
  case abortOnClose(Bool)
  /// TCP_NOPUSH, on Linux TCP_CORK: more is to come, so a segment that is not full waits for it or for the close
  /// (RFC 9293 §3.9.1.2, MAY-16).
  case noPush(Bool)
  /// TCP_USER_TIMEOUT, milliseconds; 0 for the host's own R2 (RFC 9293 §3.9.1.1).
  case userTimeout(UInt32)
  /// SO_SNDBUF, octets.
  case sendBuffer(UInt32)
  /// SO_RCVBUF, octets.
  case receiveBuffer(UInt32)
  /// SO_REUSEADDR: `bind()` takes a port on which connections are left, but nobody waits.
  case reuseAddress(Bool)
}

/// Which half of a connection `shutdown` closes.
public enum ShutdownDirection: Hashable, Sendable { case receiving, sending, both }

/// An IPv4 address with a port: what RFC 9293 §4 calls a socket.
public struct SocketAddress: Hashable, Sendable, BitwiseCopyable, CustomStringConvertible {
  public var address: IPv4Address
  public var port: UInt16

  /// The pair of both.
  public init(_ address: IPv4Address, _ port: UInt16) {
    self.address = address
    self.port = port
  }

  /// `192.0.2.80:80`.
  public var description: String { "\(address):\(port)" }
}

/// How a call ended, or that it has not yet.
public enum CallResult: Hashable, Sendable {
  /// `socket` and `accept` give a descriptor, `send` the octets taken, `sockatmark` 1 for yes, the others 0.
  case returned(Int)
  /// What `receive` copied into the application's memory; empty at the end of the peer's data.
  case data([UInt8])
  /// What `receivefrom` copied, and who sent it.
  case datagram([UInt8], from: SocketAddress)
  /// `accept`'s descriptor and the peer.
  case accepted(Descriptor, peer: SocketAddress)
  case failed(SocketError)
  /// The caller sleeps; a `Completion` follows.
  case blocked
}

/// A blocked call that has come to its end.
public struct Completion: Hashable, Sendable {
  /// Who slept in the call.
  public var process: ProcessID
  public var call: SocketCall
  public var result: CallResult
}

/// Errors of the calls, with the names of the BSD interface.
public enum SocketError: UInt8, Error, CaseIterable, Sendable {
  case badDescriptor = 1
  case noBuffers, tooManyDescriptors, addressInUse, addressNotAvailable, invalidArgument
  case notConnected, isConnected, alreadyConnecting, destinationRequired, operationNotSupported
  case refused, reset, timedOut, brokenPipe, hostUnreachable, networkUnreachable
  case protocolUnreachable, messageTooLong, aborted

  /// The error that an octet of memory names; nil for none.
  public init?(octet: UInt8) { self.init(rawValue: octet) }

  /// `ECONNREFUSED` and the like.
  public var name: String {
    switch self {
    case .badDescriptor: "EBADF"
    case .noBuffers: "ENOBUFS"
    case .tooManyDescriptors: "EMFILE"
    case .addressInUse: "EADDRINUSE"
    case .addressNotAvailable: "EADDRNOTAVAIL"
    case .invalidArgument: "EINVAL"
    case .notConnected: "ENOTCONN"
    case .isConnected: "EISCONN"
    case .alreadyConnecting: "EALREADY"
    case .destinationRequired: "EDESTADDRREQ"
    case .operationNotSupported: "EOPNOTSUPP"
    case .refused: "ECONNREFUSED"
    case .reset: "ECONNRESET"
    case .timedOut: "ETIMEDOUT"
    case .brokenPipe: "EPIPE"
    case .hostUnreachable: "EHOSTUNREACH"
    case .networkUnreachable: "ENETUNREACH"
    case .protocolUnreachable: "EPROTONOSUPPORT"
    case .messageTooLong: "EMSGSIZE"
    case .aborted: "ECONNABORTED"
    }
  }
}
