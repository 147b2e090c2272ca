// When a step of the demonstration is right.

import Notation
import Testing

@testable import sandboa

@Suite struct DemoStepTests {
    private let step = DemoStep(
        title: "read", code: "open('x')", status: "error", expected: "FileNotFoundError: ",
        wall: .root)

    private func result(_ status: String, _ type: String, walls: JSON) -> JSON {
        [
            "structuredContent": [
                "status": .string(status), "stdout": "one\ntwo\n", "result": "7",
                "error": ["type": .string(type), "message": "no such file"],
            ],
            "_meta": ["sandboa/walls": walls],
        ]
    }

    @Test func `a step is right when status, error and wall are`() {
        let right = step.judge(result("error", "FileNotFoundError", walls: ["root"]))
        #expect(right.isRight)
        #expect(right.line.hasPrefix("held by root · FileNotFoundError: no such file"))
        #expect(right.line.hasSuffix("printed: one"))
    }

    @Test func `a step is wrong when anything else came`() {
        let answers: [JSON] = [
            result("error", "FileNotFoundError", walls: ["seccomp"]),
            result("error", "PermissionError", walls: ["root"]),
            result("ok", "FileNotFoundError", walls: ["root"]), [:],
        ]
        for answer in answers {
            let ending = step.judge(answer)
            #expect(!ending.isRight && ending.line.hasPrefix("NOT AS EXPECTED"))
        }
    }

    @Test func `the median is the middle of what was measured`() {
        #expect(DemoTimings.median([]) == 0)
        #expect(DemoTimings.median([9, 1, 5]) == 5)
        #expect(DemoTimings(cold: 20_000, call: 300).ratio == "66.6")
    }
}
