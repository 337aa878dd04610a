import Stack

/// Four octets of a control block as the memory view shows them together, or eight where one field is as wide.
struct MemoryGroup: Sendable {
  /// The fields in the order of their offsets.
  var fields: [Field]
  /// Octets from the block's start.
  var offset: Int
  /// What stands above the octets.
  var name: String
  /// What stands between the values below them.
  var separator: String

  var width: Int { fields.reduce(0) { $0 + $1.description.width } }

  /// All groups of a control block; a test holds that they cover every octet once.
  static let all: [MemoryGroup] = {
    var groups: [MemoryGroup] = []
    var fields: [Field] = []
    for row in Field.table {
      fields.append(row.field)
      guard row.range.upperBound % 4 == 0, let first = fields.first else { continue }
      groups.append(
        MemoryGroup(
          fields: fields, offset: first.description.offset, name: name(of: fields),
          separator: first == .localPort ? " → " : " · "))
      fields = []
    }
    return groups
  }()

  /// The fields whose values stand below the octets: what a learner asks for first.
  var shown: [Field] {
    switch fields.first {
    case .state: [.state, .proto]
    case .timer: [.timer, .retries]
    case .error: [.error, .sndShift]
    default: fields.filter { $0.description.origin != .reserved }
    }
  }

  private static func name(of fields: [Field]) -> String {
    switch fields.first {
    case .state: "state · proto"
    case .localPort: "ports"
    case .mssEffective: "mss eff · rcv"
    case .timer: "timer · retry"
    case .error: "error · shift"
    case .backlog: "backlog · used"
    case .number: "number · parent"
    case .switches: "switch · probes"
    case .receiveBuffer: "recv.buffer"
    case .receiveQueue: "recv.queue"
    default: fields.map(\.name).joined(separator: " · ")
    }
  }
}
