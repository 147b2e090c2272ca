import Foundation
import Synchronization
import Testing

@testable import Notation

/// The deepest values allowed, on a thread with the stack that `JSONLimits` promises is enough.
@Suite struct StackTests {
    private static let stackBytes = 512 << 10

    /// Runs `body` on such a thread; whether it came to its end with true.
    private func onSmallStack(_ body: @escaping @Sendable () -> Bool) -> Bool {
        let outcome = Outcome()
        let thread = Thread {
            outcome.holds.withLock { $0 = body() }
            outcome.isDone.signal()
        }
        thread.stackSize = Self.stackBytes
        thread.start()
        outcome.isDone.wait()
        return outcome.holds.withLock { $0 }
    }

    private final class Outcome: Sendable {
        let holds = Mutex(false)
        let isDone = DispatchSemaphore(value: 0)
    }

    private static let depth = JSONLimits.deepestDepth

    @Test(arguments: [("[", "]"), (#"{"a":"#, "}")])
    func `the deepest JSON is read, compared, hashed, sorted and written`(
        open: String, close: String
    ) {
        let middle = open == "[" ? "" : "1"
        let text =
            String(repeating: open, count: Self.depth) + middle
            + String(repeating: close, count: Self.depth)
        #expect(
            onSmallStack {
                let limits = JSONLimits(maxDepth: Self.depth)
                guard let one = try? JSON(parsing: Array(text.utf8), limits: limits),
                    let other = try? JSON(parsing: Array(text.utf8), limits: limits)
                else { return false }
                return one == other && one.hasSameValue(as: other)
                    && one.hashValue == other.hashValue && one.text == text
                    && one.canonicalBytes == Array(text.utf8)
            })
    }

    @Test(arguments: [("[", "]"), ("{a: ", "}")])
    func `the deepest YAML is loaded and becomes JSON`(open: String, close: String) {
        let depth = YAMLLimits.deepestDepth
        let text = String(repeating: open, count: depth) + String(repeating: close, count: depth)
        #expect(
            onSmallStack {
                let limits = YAMLLimits(maxDepth: .max)
                return (try? YAML.load(text, limits: limits).json()) != nil
            })
    }

    @Test func `a schema that goes in circles is stopped in time`() throws {
        let circle = ##"{"oneOf":[{"$ref":"#"},{"anyOf":[{"$ref":"#"}]}]}"##
        let schema = try Schema(compiling: parse(circle))
        #expect(onSmallStack { !schema.violations(of: 1).isEmpty })
    }
}
