import Foundation
import Stack
import Testing

@testable import Course

/// The lessons of the folder `Lessons`, read from there.
enum Shipped {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Lessons")

  static let files: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    .filter { $0 != LessonLibrary.experiments }

  static func lesson(_ file: String) throws -> Lesson {
    try Lesson(yaml: String(contentsOf: folder.appending(path: file), encoding: .utf8))
  }
}

@Suite struct ShippedLessonTests {
  @Test func thereAreLessons() {
    let names = (1...14).map { $0 < 10 ? "L0\($0).yaml" : "L\($0).yaml" }
    #expect(Set(names).isSubset(of: Shipped.files))
  }

  /// With any seed and either profile the lesson comes out as it says.
  @Test(arguments: Shipped.files, [nil, 1, 2, 99, 123_456_789] as [UInt64?])
  func solved(file: String, seed: UInt64?) throws {
    let lesson = try Shipped.lesson(file)
    for profile in [nil, LessonWorld.Profile.modern] {
      let run = LessonRunner(seed: seed, profile: profile).run(lesson)
      // The size question asks what the profile decides, so its expectations are the book's alone.
      #expect(run.problems.isEmpty, "\(run.problems)")
      #expect(run.steps.count == lesson.steps.count)
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

  /// No typical wrong answer may be right, and each is told apart by its own feedback.
  @Test(arguments: Shipped.files)
  func nearAnswersAreWrong(file: String) throws {
    let run = LessonRunner().run(try Shipped.lesson(file))
    for step in run.steps {
      let end = run.end(of: step)
      for question in step.questions {
        for near in question.question.near {
          let value = try near.value.value(in: end)
          #expect(value != .unset, "\(question.question.id): \(near.value.source)")
          let verdict = question.judge(.typed(value.text), in: end, hosts: run.lesson.world.hosts)
          guard case .wrong(let feedback?, _, let misconception) = verdict else {
            Issue.record("\(question.question.id): \(near.value.source) is \(verdict)")
            continue
          }
          #expect(feedback == near.feedback)
          #expect(misconception == near.misconception)
        }
      }
    }
  }

  /// A wrong choice is judged wrong, and the lesson says why, whatever the numbers are.
  @Test(arguments: Shipped.files)
  func wrongChoicesAreExplained(file: String) throws {
    let run = LessonRunner(seed: 99).run(try Shipped.lesson(file))
    for step in run.steps {
      for question in step.questions {
        guard case .choose(let choices) = question.question.kind else { continue }
        for place in choices.indices where question.right != .choice(place) {
          let verdict = question.judge(
            .choice(place), in: run.end(of: step), hosts: run.lesson.world.hosts)
          guard case .wrong(let feedback?, _, let misconception) = verdict else {
            Issue.record("\(question.question.id): \(choices[place].text.en.source) is \(verdict)")
            continue
          }
          #expect(feedback == choices[place].feedback)
          #expect(misconception == choices[place].misconception)
        }
      }
    }
  }

  /// Every lesson predicts, runs, looks, breaks, checks and ends with one thing to take away.
  @Test(arguments: Shipped.files)
  func shape(file: String) throws {
    let lesson = try Shipped.lesson(file)
    #expect(file == "\(lesson.id).yaml")
    for kind in LessonStep.Kind.allCases {
      #expect(lesson.steps.contains { $0.kind == kind }, "\(kind)")
    }
    #expect(lesson.steps.last?.kind == .takeaway)
    #expect((8...12).contains(lesson.steps.count))
    for step in lesson.steps {
      #expect(!step.expectations.isEmpty, "\(step.id) expects nothing")
      #expect(!step.show.isEmpty, "\(step.id) shows nothing")
    }
  }

  /// Every value that a text names is there at the step's end. (Screen's tests hold that the text fits.)
  @Test(arguments: Shipped.files, Language.allCases)
  func everyValueIsThere(file: String, language: Language) throws {
    let run = LessonRunner(seed: 5).run(try Shipped.lesson(file))
    for step in run.steps {
      for said in [step.step.narration, step.step.afterword].compactMap({ $0 }) {
        let text = said.text(language, in: run.end(of: step))
        #expect(!text.contains("[") && !text.contains("unset"))
      }
    }
  }

  /// Facts end in -습니다 and the like, requests in -세요, questions in -까요.
  @Test(arguments: Shipped.files)
  func koreanTone(file: String) throws {
    let lesson = try Shipped.lesson(file)
    for step in lesson.steps {
      for said in [step.narration, step.afterword].compactMap({ $0 }) {
        for line in said.ko.source.split(separator: "\n") where !line.contains("= [") {
          let end = line.last
          #expect(end == "." || end == "?" || line.hasPrefix("* "), "\(step.id): \(line)")
          if line.hasSuffix("요.") { #expect(line.hasSuffix("세요."), "\(step.id): \(line)") }
        }
      }
    }
  }

  /// A question's text must not hold what it asks for.
  @Test(arguments: Shipped.files)
  func narrationKeepsTheSecret(file: String) throws {
    let run = LessonRunner().run(try Shipped.lesson(file))
    for step in run.steps {
      for question in step.questions {
        guard let value = question.value, value.text.count > 2 else { continue }
        for language in Language.allCases {
          let start = run.situation(of: step, at: step.first)
          let text = step.step.narration.text(language, in: start)
          #expect(!text.contains(value.text), "\(question.question.id)")
        }
      }
    }
  }

  @Test func sameSeedSameRunOtherSeedOtherNumbers() throws {
    let lesson = try Shipped.lesson("L05.yaml")
    func iss(_ seed: UInt64) throws -> Value {
      let run = LessonRunner(seed: seed).run(lesson)
      let path = try Path("client.socket.iss", in: PathContext(hosts: lesson.world.hosts))
      return run.end(of: run.steps[4]).now.value(of: path)
    }
    #expect(try iss(3) == iss(3))
    #expect(try iss(3) != iss(4))
  }
}
