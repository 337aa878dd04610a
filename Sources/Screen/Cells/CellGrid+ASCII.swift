/// The same picture with the signs of ASCII only, for terminals that cannot show others. Every
/// sign keeps its width, so nothing moves; Hangul and other wide characters stay.
public func asciiForm(of grid: CellGrid) -> CellGrid {
  var result = CellGrid(grid.size)
  for y in 0..<grid.height {
    for (x, cell) in grid.row(y).enumerated() where !cell.isContinuation {
      result.put(cell.character.asciiForm, at: x, y, cell.style)
    }
  }
  return result
}

/// The text with the signs of ASCII only; as wide as before.
public func asciiForm(of text: String) -> String {
  String(text.map(\.asciiForm))
}

extension Character {
  /// The sign that stands for this one where only ASCII can be shown.
  var asciiForm: Character {
    if isASCII || displayWidth != 1 { return self }
    if let sign = asciiSigns[self] { return sign }
    guard let scalar = unicodeScalars.first else { return self }
    switch scalar.value {
    case 0x2500...0x257f: return "+"
    case 0x2800...0x28ff: return brailleForm(dots: scalar.value - 0x2800)
    default: return "_"
    }
  }
}

/// A cell with dots in one half is `.`, in both halves `:`.
private func brailleForm(dots: UInt32) -> Character {
  let upper = dots & 0b0001_1011 != 0
  let lower = dots & 0b1110_0100 != 0
  if !upper && !lower { return " " }
  return upper && lower ? ":" : "."
}

/// Corners and crossings are not here: every other sign of box drawing becomes `+`.
private let asciiSigns: [Character: Character] = [
  "─": "-", "┄": "-", "┈": "-", "╴": "-", "╶": "-", "━": "=", "┅": "=", "═": "=",
  "│": "|", "┃": "|", "┆": "|", "┊": "|", "║": "|", "╋": "#", "⋮": ":",
  "▸": ">", "◂": "<", "‹": "<", "›": ">", "→": ">", "←": "<", "↑": "^", "↓": "v",
  "▾": "v", "▴": "^", "✗": "X", "↻": "R", "✓": "v", "⑂": "Y", "≠": "!",
  "▓": "#", "░": ".", "╌": "~", "█": "@", "▒": "#",
  "·": ".", "…": ".", "–": "-", "—": "-", "−": "-", "×": "x", "µ": "u", "μ": "u", "§": " ",
  "“": "\"", "”": "\"", "‘": "'", "’": "'", "≤": "<", "≥": ">", "•": "*", "\u{a0}": " ",
]
