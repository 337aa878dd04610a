/// The sequence diagram as lines of plain text, for output without a screen.
public enum LadderText {
  /// The columns of a line.
  public static let width = 78

  /// The moment and what `c` and `s` count from, the two hosts, and every row up to the scene's moment. No line
  /// ends in blanks.
  ///
  /// O(moments).
  public static func lines(_ scene: Scene) -> [String] {
    let ladder = LadderRows(scene, isWhole: true)
    guard !ladder.rows.isEmpty else { return [] }
    let form = LadderForm(width: width, hosts: scene.isPair ? [] : scene.diagramHosts)
    let picture = LadderPicture(
      scene: scene, origins: ladder.origins, form: form, chosen: nil)
    let legend = LadderView(scene, ViewState(), isFocused: false).facts
    var lines = [
      legend.map(\.text).joined().truncated(to: width),
      line { picture.drawHeader(at: 0, on: &$0, way: SequenceDirection(ladder.rows)) },
    ]
    for row in picture.lines(ladder.rows) {
      lines.append(line { picture.draw(row, at: 0, on: &$0) })
    }
    lines.append(line { picture.drawEnd(at: 0, on: &$0) })
    return lines
  }

  private static func line(_ draw: (inout Canvas) -> Void) -> String {
    var canvas = Canvas(Size(width: width, height: 1))
    draw(&canvas)
    var text = canvas.grid.text
    while text.last == " " { text.removeLast() }
    return text
  }
}
