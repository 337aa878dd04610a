import Stack

/// A place in the engine's state that a lesson may name, such as `client.socket.snd.nxt` or
/// `frame.2.tcp.ack`.
public struct Path: Hashable, Sendable {
  public enum Subject: Hashable, Sendable {
    /// A field of a socket's control block.
    case socket(host: String, SocketChoice, Field)
    /// How many sockets the host has.
    case socketCount(host: String)
    case call(host: String, CallPart)
    case host(String, HostPart)
    case hostCount(String, HostCount)
    case frameCount(FrameCount)
    case frame(FrameChoice, FramePart)
    /// A header field of the unit in hand.
    case unit(header: String)
    /// The world's clock.
    case time
  }

  /// Which of a host's sockets.
  public enum SocketChoice: Hashable, Sendable {
    /// The youngest one: the highest running number in use.
    case newest
    /// The oldest one in LISTEN.
    case listener
    /// The one with this running number.
    case number(Int)
  }

  /// What a host's last call came to.
  public enum CallPart: String, CaseIterable, Sendable {
    case name, result, error
  }

  public enum HostPart: String, CaseIterable, Sendable {
    case address, mac, mtu
  }

  /// How often something has happened at a host.
  public enum HostCount: String, CaseIterable, Sendable {
    /// Frames that have come to its adapters, whomever they are for.
    case framesReceived = "frames.received"
    /// Those that its adapters have thrown away.
    case framesDropped = "frames.dropped"
    /// Packets for others that it has passed on.
    case packetsForwarded = "packets.forwarded"
    /// TCP segments that it has put on the wire.
    case segmentsSent = "segments.sent"
    /// Those that carry data.
    case dataSent = "data.sent"
    /// Those that carry nothing but an ACK number.
    case acksSent = "acks.sent"
    /// Those that carry again what was sent before.
    case retransmissions
    /// Octets of data in them, each time that it was sent.
    case octetsSent = "octets.sent"
    /// Octets that `receive` has given to its applications.
    case octetsReceived = "octets.received"
  }

  public enum FrameCount: String, CaseIterable, Sendable {
    /// Frames that an adapter has put on the wire.
    case count
    /// Those that never arrived.
    case lost
  }

  public enum FrameChoice: Hashable, Sendable {
    case last
    /// The world's number of the frame, from 1.
    case number(Int)
  }

  public enum FramePart: Hashable, Sendable {
    /// A header field by its id.
    case header(String)
    case fact(FrameFact)
  }

  public enum FrameFact: String, CaseIterable, Sendable {
    case from, to, length, payload, fate
    case sentAt = "sent-at"
    case receivedAt = "received-at"
    /// What the payload begins with, up to the first blank.
    case firstWord = "first-word"
  }

  public var subject: Subject
  /// Asks for the value at the step's start.
  public var isBefore: Bool

  public init(_ subject: Subject, isBefore: Bool = false) {
    self.subject = subject
    self.isBefore = isBefore
  }
}

extension Path: CustomStringConvertible {
  /// As it is written in a lesson.
  public var description: String { (isBefore ? "before." : "") + subjectText }

  private var subjectText: String {
    switch subject {
    case .socket(let host, .newest, let field): "\(host).socket.\(field.name)"
    case .socket(let host, .listener, let field): "\(host).listener.\(field.name)"
    case .socket(let host, .number(let number), let field):
      "\(host).socket.\(number).\(field.name)"
    case .socketCount(let host): "\(host).sockets.count"
    case .call(let host, let part): "\(host).call.\(part.rawValue)"
    case .host(let host, let part): "\(host).\(part.rawValue)"
    case .hostCount(let host, let count): "\(host).\(count.rawValue)"
    case .frameCount(let count): "frames.\(count.rawValue)"
    case .frame(let choice, let part): "frame.\(choice.text).\(part.text)"
    case .unit(let header): "segment.\(header)"
    case .time: "time"
    }
  }
}

extension Path.FrameChoice {
  var text: String {
    switch self {
    case .last: "last"
    case .number(let number): "\(number)"
    }
  }
}

extension Path.FramePart {
  var text: String {
    switch self {
    case .header(let id): id
    case .fact(let fact): fact.rawValue
    }
  }
}

extension Path {
  /// The host whose memory or address this is; nil for frames and time.
  public var host: String? {
    switch subject {
    case .socket(let host, _, _), .socketCount(let host), .call(let host, _), .host(let host, _),
      .hostCount(let host, _):
      host
    case .frameCount, .frame, .unit, .time: nil
    }
  }

  /// The host whose memory or program this is; nil for what is known without looking into a host.
  public var memoryHost: String? {
    switch subject {
    case .socket(let host, _, _), .socketCount(let host), .call(let host, _): host
    default: nil
    }
  }

  /// The control block's field, if this is one.
  public var field: Field? {
    if case .socket(_, _, let field) = subject { field } else { nil }
  }

  /// The header field's id, if this is one.
  public var headerField: String? {
    switch subject {
    case .frame(_, .header(let id)), .unit(let id): id
    default: nil
    }
  }
}
