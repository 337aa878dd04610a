import Foundation
import Stack
import Testing

@testable import Course

/// The experiments of CURRICULUM §2 that the lessons' folder has.
enum Experiments {
  static let folder = Shipped.folder.appending(path: "experiments")

  static let files: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()

  static func lesson(_ file: String) throws -> Lesson {
    try Lesson(yaml: String(contentsOf: folder.appending(path: file), encoding: .utf8))
  }
}

@Suite struct ExperimentTests {
  @Test func allOfTheFirstTwoSectionsAreThere() {
    let names =
      (1...8).map { "X1-0\($0).yaml" } + (1...9).map { "X2-0\($0).yaml" }
      + (10...17).map { "X2-\($0).yaml" }
    let sections = ["X1", "X2"].flatMap { section in
      Experiments.files.filter { $0.hasPrefix(section) }
    }
    #expect(sections == names)
  }

  @Test func theThirdSectionsAreThere() {
    let names = (1...19).map { $0 < 10 ? "X3-0\($0).yaml" : "X3-\($0).yaml" }
    #expect(Experiments.files.filter { $0.hasPrefix("X3") } == names)
  }

  /// With its own numbers and with others the experiment comes out as its row says.
  @Test(arguments: Experiments.files, [nil, 1, 2, 99, 123_456_789] as [UInt64?])
  func holds(file: String, seed: UInt64?) throws {
    let lesson = try Experiments.lesson(file)
    for profile in [nil, LessonWorld.Profile.modern] {
      let run = LessonRunner(seed: seed, profile: profile).run(lesson)
      #expect(run.problems.isEmpty, "\(run.problems)")
      for step in run.steps {
        #expect(step.questions.count == step.step.questions.count)
        for question in step.questions {
          let verdict = question.judge(
            question.right, in: run.end(of: step), hosts: lesson.world.hosts)
          #expect(verdict.isRight, "\(question.question.id)")
        }
      }
    }
  }

  /// What the rows of X2-01 and X2-09 to X2-11 say in numbers, with the book's options.
  @Test(arguments: [
    ("X2-01.yaml", "client.socket.rto", Value.duration(3_000_000_000), 2),
    ("X2-09.yaml", "client.socket.mss.eff", .number(536), 0),
    ("X2-09.yaml", "frame.4.payload", .number(536), 1),
    ("X2-10.yaml", "frame.4.payload", .number(536), 1),
    ("X2-11.yaml", "server.socket.mss.eff", .number(536), 0),
  ])
  func numbersOfTheRows(file: String, path: String, value: Value, step: Int) throws {
    let lesson = try Experiments.lesson(file)
    let run = LessonRunner().run(lesson)
    let path = try Path(path, in: PathContext(hosts: lesson.world.hosts))
    #expect(run.end(of: run.steps[step]).now.value(of: path) == value)
  }

  /// The fault is what makes the difference: with what stands under `fault` left out, an expectation of that
  /// very step fails. Later steps build on it, so each is left out by itself.
  @Test(arguments: Experiments.files, [nil, 7] as [UInt64?])
  func withoutItsFaultItFails(file: String, seed: UInt64?) throws {
    let lesson = try Experiments.lesson(file)
    let faulty = lesson.steps.indices.filter {
      lesson.steps[$0].commands.contains(where: \.isFault)
    }
    #expect(!faulty.isEmpty)
    for place in faulty {
      var sound = lesson
      sound.steps[place] = lesson.withoutFaults.steps[place]
      let expectations = LessonRunner(seed: seed).run(sound).steps[place].expectations
      let fails =
        expectations.count < lesson.steps[place].expectations.count
        || expectations.contains { !$0.holds }
      #expect(fails, "\(lesson.steps[place].id) does not need its fault")
    }
    #expect(!LessonRunner(seed: seed).run(lesson.withoutFaults).problems.isEmpty)
  }

  /// An experiment is short: it shows, it breaks something, it says what to take away.
  @Test(arguments: Experiments.files)
  func shape(file: String) throws {
    let lesson = try Experiments.lesson(file)
    #expect(file == "\(lesson.id).yaml")
    #expect(lesson.isExperiment)
    #expect(lesson.chapterSection == Int(lesson.id.section))
    #expect((3...5).contains(lesson.steps.count))
    #expect(lesson.steps.contains { $0.kind == .break })
    #expect(lesson.steps.last?.kind == .takeaway)
    #expect(lesson.steps.contains { !$0.questions.isEmpty })
    for step in lesson.steps {
      #expect(!step.expectations.isEmpty, "\(step.id) expects nothing")
      #expect(!step.show.isEmpty, "\(step.id) shows nothing")
      for command in step.commands where command.isFault { #expect(step.kind != .takeaway) }
    }
  }

  @Test(arguments: Experiments.files)
  func wrongAnswersAreExplained(file: String) throws {
    let run = LessonRunner(seed: 99).run(try Experiments.lesson(file))
    for step in run.steps {
      let end = run.end(of: step)
      for question in step.questions {
        var wrong: [(Answer, BilingualNarration?)] = question.question.near.map { near in
          (.typed((try? near.value.value(in: end).text) ?? "?"), near.feedback)
        }
        if case .choose(let choices) = question.question.kind {
          wrong += choices.indices.filter { question.right != .choice($0) }.map {
            (.choice($0), choices[$0].feedback)
          }
        }
        for (answer, feedback) in wrong {
          let verdict = question.judge(answer, in: end, hosts: run.lesson.world.hosts)
          guard case .wrong(let said?, _, _) = verdict else {
            Issue.record("\(question.question.id): \(answer) is \(verdict)")
            continue
          }
          #expect(said == feedback)
        }
      }
    }
  }

  @Test(arguments: Experiments.files, Language.allCases)
  func everyValueIsThere(file: String, language: Language) throws {
    let run = LessonRunner(seed: 5).run(try Experiments.lesson(file))
    for step in run.steps {
      for said in [step.step.narration, step.step.afterword].compactMap({ $0 }) {
        let text = said.text(language, in: run.end(of: step))
        #expect(!text.contains("[") && !text.contains("–"), "\(step.step.id): \(text)")
      }
      for question in step.questions {
        guard let value = question.value, value.text.count > 2 else { continue }
        let start = run.situation(of: step, at: step.first)
        let text = step.step.narration.text(language, in: start)
        #expect(!text.contains(value.text), "\(question.question.id)")
      }
    }
  }

  @Test(arguments: Experiments.files)
  func koreanTone(file: String) throws {
    for step in try Experiments.lesson(file).steps {
      for said in [step.narration, step.afterword].compactMap({ $0 }) {
        for line in said.ko.source.split(separator: "\n") {
          #expect(line.last == "." || line.last == "?" || line.hasPrefix("* "), "\(line)")
          if line.hasSuffix("요.") { #expect(line.hasSuffix("세요."), "\(step.id): \(line)") }
        }
      }
    }
  }
}
