import Stack

/// Where the columns of the socket tables stand at a width.
struct SocketsForm {
  struct Column {
    enum Content { case descriptor, owner, transport, state, local, remote }
    var content: Content
    var x: Int
    var width: Int
    var ko: String
    var en: String
  }

  let isWide: Bool
  let columns: [Column]
  /// The cell of the mark of the chosen row.
  let mark = 1
  let titleX: Int
  /// The columns of the record: where labels begin, and how far behind them the values.
  let recordColumns: [Int]
  let valueOffset = 9

  init(width: Int) {
    isWide = width >= 76
    if isWide {
      titleX = 1
      columns = [
        Column(content: .descriptor, x: 3, width: 3, ko: "fd", en: "fd"),
        Column(content: .owner, x: 7, width: 5, ko: "pid", en: "pid"),
        Column(content: .transport, x: 13, width: 5, ko: "proto", en: "proto"),
        Column(content: .state, x: 20, width: 13, ko: "상태", en: "state"),
        Column(content: .local, x: 35, width: 19, ko: "내 주소", en: "local address"),
        Column(content: .remote, x: 55, width: 21, ko: "상대 주소", en: "remote address"),
      ]
      recordColumns = [3, 28, 53]
    } else {
      titleX = 1
      columns = [
        Column(content: .descriptor, x: 2, width: 2, ko: "fd", en: "fd"),
        Column(content: .state, x: 5, width: 12, ko: "상태", en: "state"),
        Column(content: .local, x: 18, width: 16, ko: "내 주소", en: "local address"),
        Column(content: .remote, x: 35, width: 16, ko: "상대 주소", en: "remote address"),
      ]
      recordColumns = [2, 27]
    }
  }
}

/// How many rows the record behind the chosen row takes at the lower end of a view.
struct RecordRoom {
  let itemRows: Int
  let hasBlanks: Bool

  init(_ form: SocketsForm, viewHeight: Int) {
    let isTall = viewHeight >= 24
    itemRows = form.isWide ? (isTall ? 5 : 3) : (isTall ? 6 : 4)
    hasBlanks = form.isWide && viewHeight >= 16
  }

  /// A title, the items, and the line of `ss`.
  var height: Int { itemRows + 2 + (hasBlanks ? 2 : 0) }
}

/// A field of the record behind the chosen row, with its label.
struct RecordItem {
  enum Content {
    /// Where the record lies.
    case place
    case field(Field)
  }

  var content: Content
  var ko: String
  var en: String

  init(_ content: Content, ko: String, en: String) {
    self.content = content
    self.ko = ko
    self.en = en
  }

  init(_ field: Field, _ name: String) { self.init(.field(field), ko: name, en: name) }

  var field: Field? {
    if case .field(let field) = content { return field }
    return nil
  }

  /// Row by row, three in a row.
  static let all: [RecordItem] = [
    RecordItem(.place, ko: "메모리", en: "memory"), RecordItem(.iss, "ISS"),
    RecordItem(.irs, "IRS"),
    RecordItem(.field(.receiveQueue), ko: "수신 큐", en: "Recv-Q"), RecordItem(.sndUna, "SND.UNA"),
    RecordItem(.rcvNxt, "RCV.NXT"),
    RecordItem(.field(.sendQueue), ko: "송신 큐", en: "Send-Q"), RecordItem(.sndNxt, "SND.NXT"),
    RecordItem(.sndWnd, "SND.WND"),
    RecordItem(.field(.timer), ko: "타이머", en: "timer"), RecordItem(.rto, "RTO"),
    RecordItem(.rcvWnd, "RCV.WND"),
    RecordItem(.field(.retries), ko: "재전송", en: "retries"), RecordItem(.srtt, "SRTT"),
    RecordItem(.mssEffective, "MSS"),
  ]

  /// In a narrow room the numbers that belong together stand below each other.
  static let narrow: [RecordItem] = [
    item(.iss), item(.irs), item(.sndUna), item(.rcvNxt), item(.sndNxt), item(.sndWnd),
    item(.receiveQueue), item(.sendQueue), item(.rto), item(.rcvWnd), item(.srtt),
    item(.mssEffective),
  ].compactMap { $0 }

  private static func item(_ field: Field) -> RecordItem? { all.first { $0.field == field } }
}
