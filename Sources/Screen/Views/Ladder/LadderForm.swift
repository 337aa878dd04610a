import Stack

/// Where the columns of the sequence diagram stand at a width.
struct LadderForm {
  let width: Int
  /// Notes stand beside the arrows; in a narrow room they have lines of their own.
  let isWide: Bool
  let leftLine: Int
  let rightLine: Int
  /// The hosts of a world of more than client and server, each with the column of its line; else empty.
  let columns: [LadderColumn]

  init(width: Int, hosts: [HostID] = []) {
    self.width = width
    if hosts.count > 1 {
      isWide = false
      leftLine = width >= 72 ? 12 : 10
      // Two leave room for what the second one sends to nobody.
      let margin = width < 72 ? 13 : hosts.count == 2 ? 26 : 14
      rightLine = max(leftLine + hosts.count, width - margin)
      let (left, span) = (leftLine, rightLine - leftLine)
      columns = hosts.enumerated().map { place, host in
        LadderColumn(host: host, x: left + span * place / (hosts.count - 1))
      }
      return
    }
    columns = []
    isWide = width >= 72
    leftLine = isWide ? 23 : 13
    rightLine = isWide ? width - 24 : width - 14
  }

  /// One of two ladders side by side: room for times at the left, and none for notes at the right.
  init(beside width: Int, hosts: [HostID]) {
    self.width = width
    isWide = false
    leftLine = 12
    rightLine = max(leftLine + hosts.count, width - 5)
    let (left, span) = (leftLine, rightLine - leftLine)
    columns = hosts.enumerated().map { place, host in
      LadderColumn(host: host, x: left + span * place / max(1, hosts.count - 1))
    }
  }

  /// The line of a host of several; nil for one that is not drawn.
  func line(of host: HostID) -> Int? { columns.first { $0.host == host }?.x }

  /// Cells between the two lines.
  var inside: Int { rightLine - leftLine - 1 }
  /// The column after the last digit of times at the left.
  var leftTimeEnd: Int { isWide ? 9 : min(12, leftLine - 1) }
  var rightTimeEnd: Int { isWide ? width - 1 : width - 4 }
  /// The cell of the mark of the chosen row.
  var gutter: Int { isWide ? 0 : 1 }
  static let noteWidth = 12
}

/// A host's line of life.
struct LadderColumn {
  let host: HostID
  let x: Int
}
