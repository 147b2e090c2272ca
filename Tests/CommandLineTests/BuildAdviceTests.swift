// What a failed build tells its user.

import Testing

@testable import Engine

@Suite struct BuildAdviceTests {
    @Test(arguments: [
        ("The virtual environment was not created because ensurepip is not available.", "venv"),
        ("ConnectTimeoutError(…)\nERROR: No matching distribution found for numpy", "network"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "trust"),
        ("OSError: [Errno 28] No space left on device", "room"),
        ("ERROR: Could not find a version that satisfies the requirement x", "wheel"),
        ("something new", "try again"),
    ])
    func `a failed build says what to do`(log: String, word: String) {
        let error = BuildAdvice.error("data", log: log)
        #expect(error.fix.contains(word))
        #expect(!error.message.isEmpty && error.stage == "environment data")
    }

    @Test func `the message is the end of the log`() {
        let log = (1...50).map { "line \($0)" }.joined(separator: "\n")
        #expect(BuildAdvice.error("data", log: log).message.hasSuffix("line 49 / line 50"))
        #expect(!BuildAdvice.error("data", log: log).message.contains("line 46 "))
    }
}
