// Frames from a hostile worker: over seeded damage nothing traps, and nothing is made up.

import Testing

@testable import Wire

@Suite struct FramePropertyTests {
    private struct Sample {
        let bytes: [UInt8]
        let fields: [(tag: UInt16, content: [UInt8])]
    }

    private func sample(_ random: inout SeededGenerator) -> Sample {
        let fields = (0..<Int.random(in: 0...12, using: &random)).map { _ in
            let count = Int.random(in: 0...40, using: &random)
            let content = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            return (tag: UInt16.random(in: 0...9, using: &random), content: content)
        }
        var writer = FrameWriter(
            kind: [1, 2, 16, 17, 18, 32, 33, 36].randomElement(using: &random) ?? 1)
        for field in fields { writer.add(field.tag, field.content) }
        return Sample(bytes: writer.finished(), fields: fields)
    }

    /// Reads a frame in every way there is; true when it was one.
    @discardableResult
    private func readEveryWay(_ bytes: [UInt8]) -> Bool {
        guard let frame = try? Frame(bytes) else {
            #expect((try? RunReport(bytes)) == nil)
            #expect((try? ZygoteReport(bytes)) == nil)
            return false
        }
        for tag in UInt16(0)...16 {
            let all = frame.all(tag)
            #expect(frame.bytes(tag) == all.first)
            #expect(all.reduce(0) { $0 + $1.count } <= bytes.count)
            _ = (frame.text(tag), frame.texts(tag), frame.number(tag), frame.signed(tag))
        }
        _ = (try? TemplatePlan(frame), try? SlotPlan(frame), try? ForkOrder(frame))
        _ = (try? RunReport(bytes), try? ZygoteReport(bytes))
        return true
    }

    @Test(arguments: UInt64(0)..<200)
    func `whatever is written is read back, field for field`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let sample = sample(&random)
        let frame = try Frame(sample.bytes)
        for tag in UInt16(0)...10 {
            #expect(frame.all(tag) == sample.fields.filter { $0.tag == tag }.map(\.content))
        }
    }

    @Test(arguments: UInt64(0)..<200)
    func `flipped bits and changed bytes never trap`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            var bytes = sample(&random).bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let at = Int.random(in: bytes.indices, using: &random)
                if Bool.random(using: &random) {
                    bytes[at] ^= 1 << UInt8.random(in: 0...7, using: &random)
                } else {
                    bytes[at] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
                }
            }
            readEveryWay(bytes)
        }
    }

    @Test(arguments: UInt64(0)..<200)
    func `cut, doubled and glued frames never trap`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let bytes = sample(&random).bytes
            let other = sample(&random).bytes
            let cut = Int.random(in: 0...bytes.count, using: &random)
            readEveryWay(Array(bytes[..<cut]))
            readEveryWay(Array(bytes[..<cut]) + other)
            #expect(!readEveryWay(bytes + other))
        }
    }

    @Test(arguments: UInt64(0)..<200)
    func `random bytes behind an honest header never trap`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let count = Int.random(in: 0...200, using: &random)
            // Mostly small values: otherwise every size is out of bounds at once.
            let body = (0..<count).map { _ in
                Bool.random(using: &random)
                    ? 0
                    : UInt8.random(in: 0...(Bool.random(using: &random) ? 9 : 255), using: &random)
            }
            let kind = UInt16.random(in: 0...40, using: &random)
            readEveryWay(FrameTests.raw(kind: kind, body))
        }
    }

    @Test(arguments: UInt64(0)..<50)
    func `random bytes alone are no frame`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let count = Int.random(in: 0...64, using: &random)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            #expect(!readEveryWay(bytes))
        }
    }
}
