import Course
import Session
import Stack
import Wire

/// Two scenes at the same time, and what they are called by.
struct ComparisonScene {
  struct Side {
    let scene: Scene
    let name: String
    /// What was done to open it; nil for the lesson's own.
    let title: String?
    let origins: Origins
    let hasKeys: Bool
  }

  let left: Side
  let right: Side
  /// Moments that both share.
  let shared: Int

  init?(_ model: LessonModel) {
    guard let comparison = model.comparison else { return nil }
    let left = comparison.isOtherLeft ? comparison.other : comparison.own
    let right = comparison.isOtherLeft ? comparison.own : comparison.other
    let first = Self.allOrigins(of: left, model.language)
    let second = Self.named(Self.allOrigins(of: right, model.language), beside: first)
    func side(_ side: Comparison.Side, _ origins: Origins, hasKeys: Bool) -> Side {
      let named = model.run.runs[side.run]
      let step = model.run.steps.first { $0.run == side.run }
      return Side(
        scene: Scene(
          timeline: side.timeline, state: side.state, language: model.language,
          covers: model.covers, showsPlainNumbers: model.showsPlainNumbers),
        name: named.name,
        title: named.origin == nil ? nil : step?.step.title.text(model.language),
        origins: model.showsPlainNumbers ? [] : origins, hasKeys: hasKeys)
    }
    self.left = side(left, first, hasKeys: !comparison.isOtherLeft)
    self.right = side(right, second, hasKeys: comparison.isOtherLeft)
    shared = model.sharedMoments(left.run, right.run)
  }

  /// The first numbers of all connections of a run, so that a name means the same at any time.
  private static func allOrigins(of side: Comparison.Side, _ language: Language) -> Origins {
    let timeline = side.timeline
    return Scene(
      timeline: timeline, state: timeline.state(at: timeline.momentCount), language: language
    ).origins
  }

  /// `s2` for a first number that the other run does not have, where `s` is taken.
  private static func named(_ origins: Origins, beside others: Origins)
    -> Origins
  {
    var counts = Dictionary(grouping: others, by: \.host).mapValues(\.count)
    let named = origins.map { origin -> Scene.Origin in
      if let same = others.before(origin.iss, of: origin.host), same.iss == origin.iss {
        return same
      }
      let letter = origin.name.prefix { $0.isLetter }
      let count = counts[origin.host, default: 0]
      counts[origin.host] = count + 1
      return (count == 0 ? String(letter) : "\(letter)\(count + 1)", origin.host, origin.iss)
    }
    return Origins(named)
  }
}

// MARK: Rows at equal heights

/// A line of both ladders: what began at one time.
struct ComparisonLine {
  var left: LadderRow?
  var right: LadderRow?
  /// Nothing happened in either for so long, in microseconds.
  var silence: UInt64?
  /// Both part here.
  var parts = false
}

extension ComparisonScene {
  func lines() -> [ComparisonLine] {
    let one = Self.rows(left)
    let other = Self.rows(right)
    var lines: [ComparisonLine] = []
    var (i, j) = (0, 0)
    var latest: UInt64?
    while i < one.count || j < other.count {
      let times = [i < one.count ? one[i].at : nil, j < other.count ? other[j].at : nil]
      guard let time = times.compactMap(\.self).min() else { break }
      if let latest, time >= latest + 200_000 {
        lines.append(ComparisonLine(silence: time - latest))
      }
      let lefts = one[i...].prefix { $0.at == time }
      let rights = other[j...].prefix { $0.at == time }
      (i, j) = (lefts.endIndex, rights.endIndex)
      for place in 0..<max(lefts.count, rights.count) {
        lines.append(
          ComparisonLine(
            left: place < lefts.count ? lefts[lefts.startIndex + place] : nil,
            right: place < rights.count ? rights[rights.startIndex + place] : nil))
      }
      let ends = (lefts + rights).map { ($0.last.nanoseconds + 500) / 1_000 }
      latest = max(latest ?? 0, ends.max() ?? time)
    }
    if let place = lines.firstIndex(where: { $0.silence == nil && !isSame($0) }) {
      lines[place].parts = true
    }
    return lines
  }

  private static func rows(_ side: Side) -> [LadderRow] {
    LadderRows(side.scene).rows.filter(\.isChoosable)
  }

  private func isSame(_ line: ComparisonLine) -> Bool {
    guard let one = line.left, let other = line.right else { return false }
    guard let first = one.frame, let second = other.frame else {
      return one.frame == nil && other.frame == nil
        && one.notes.mapValues(\.text) == other.notes.mapValues(\.text)
    }
    let isEqual = first.from == second.from && first.octets == second.octets
    return isEqual && left.scene.hasEnded(first) == right.scene.hasEnded(second)
      && first.fate == second.fate && first.damagedOctets == second.damagedOctets
      && first.copyOf == second.copyOf
  }
}

extension LadderRow {
  /// When it began, in the microseconds that are shown.
  fileprivate var at: UInt64 { (first.nanoseconds + 500) / 1_000 }
}
