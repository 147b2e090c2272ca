// The sealed result is found in whatever a hostile program puts around it.

import Testing

@testable import Wire

@Suite struct ResultScannerTests {
    private let seal = Seal()

    private func result(_ value: String, seal: Seal) -> [UInt8] {
        var writer = FrameWriter(kind: MessageKind.result)
        writer.add(10, seal.bytes)
        writer.add(1, UInt32(0))
        writer.add(2, value)
        return writer.finished()
    }

    /// Feeds the bytes in pieces; the first finding that decides.
    private func scan(_ bytes: [UInt8], pieces: Int = .max) -> ResultScanner.Finding {
        var scanner = ResultScanner(seal)
        var rest = bytes[...]
        while !rest.isEmpty {
            let finding = scanner.add(rest.prefix(pieces))
            if finding != .incomplete { return finding }
            rest = rest.dropFirst(pieces)
        }
        return .incomplete
    }

    private func value(_ finding: ResultScanner.Finding) -> String? {
        guard case .result(let report) = finding else { return nil }
        return report.value
    }

    @Test func `the driver's tag for the seal is the one that is looked for`() throws {
        #expect(try DriverHeader().tag("SBX_RESULT_SEAL") == UInt16(seal.mark[0]))
        #expect(try DriverHeader().value("SBX_SEAL_BYTES") == UInt64(Seal.byteCount))
    }

    @Test func `no two seals are alike`() {
        #expect(Set((0..<100).map { _ in Seal() }).count == 100)
        #expect(seal.bytes.count == Seal.byteCount)
    }

    @Test(arguments: [1, 2, 7, 64, Int.max])
    func `a result is found however it is cut`(pieces: Int) {
        #expect(value(scan(result("42", seal: seal), pieces: pieces)) == "42")
    }

    @Test func `every shorter piece of a result is not one yet`() {
        let whole = result("42", seal: seal)
        for count in 0..<whole.count {
            #expect(scan(Array(whole.prefix(count))) == .incomplete)
        }
    }

    @Test func `a result under another seal is skipped, the true one found behind it`() {
        let forged = result("forged", seal: Seal())
        let bytes = forged + [0, 10, 0, 0] + forged + result("true", seal: seal)
        for pieces in [1, 5, 36, Int.max] {
            #expect(value(scan(bytes, pieces: pieces)) == "true")
        }
    }

    @Test(arguments: UInt64(0)..<100)
    func `noise before a result changes nothing`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        // Pieces of the mark itself among the noise: false starts.
        let noise = (0..<Int.random(in: 0...60, using: &random)).flatMap { _ -> [UInt8] in
            Bool.random(using: &random)
                ? [UInt8.random(in: 0...255, using: &random)]
                : Array(seal.mark.prefix(Int.random(in: 0...23, using: &random)))
        }
        let pieces = Int.random(in: 1...50, using: &random)
        #expect(value(scan(noise + result("42", seal: seal), pieces: pieces)) == "42")
    }

    @Test func `a sealed frame that does not add up is broken`() {
        var bytes = result("42", seal: seal)
        bytes[8] += 1
        #expect(scan(bytes + [0]) == .broken)
        bytes[11] = 0xFF
        #expect(scan(bytes) == .broken)
        var other = result("42", seal: seal)
        other[0] = 0
        #expect(scan(other) == .broken)
    }

    @Test func `a flood ends, and holds nothing meanwhile`() {
        var scanner = ResultScanner(seal)
        let noise = [UInt8](repeating: 11, count: 1 << 20)
        for _ in 0..<16 {
            #expect(scanner.add(noise[...]) == .incomplete)
            let held = Mirror(reflecting: scanner).children
                .compactMap { $0.value as? [UInt8] }.map(\.count).max()
            #expect(held ?? .max < 100)
        }
        #expect(scanner.add(noise[...]) == .flooded)
    }
}
