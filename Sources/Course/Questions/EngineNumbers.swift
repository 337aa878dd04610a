import Stack

/// Finds what a number is in the engine, so that a wrong answer can be told what it really names.
enum EngineNumbers {
  /// Below this a number is too common to mean anything.
  private static let smallest = 256

  /// “That is the client's ISS.”, or nil when the number is nothing in the engine.
  static func meaning(of value: Value, in situation: Situation, hosts: [String]) -> Phrase? {
    switch value {
    case .sequence(let number) where number >= smallest: break
    case .number(let number) where number >= smallest: break
    default: return nil
    }
    for reading in [situation.before, situation.now] {
      for host in hosts {
        for field in fields {
          let path = Path(.socket(host: host, .newest, field))
          guard reading.value(of: path).matches(value) else { continue }
          let name = FieldProse.standardName(field)
          return Phrase(ko: "\(host)의 \(name)입니다.", en: "That is the \(host)’s \(name).")
        }
      }
    }
    return nil
  }

  /// The more telling name first: right after a SYN was sent ISS and SND.UNA hold the same number.
  private static let fields: [Field] = [
    .iss, .irs, .sndNxt, .rcvNxt, .sndUna, .localPort, .remotePort, .mssReceive, .mssEffective,
    .rcvWnd, .sndWnd,
  ]
}
