// From arguments to a plan: what is run, where, and within which limits.

import Notation
import Testing
import Wire

@testable import Catalog

@Suite struct PlanTests {
    private func plan(_ arguments: JSONObject, hasEnvironment: Bool = true) throws -> Plan {
        try PythonExecute.plan(arguments, Samples.setting(hasEnvironment: hasEnvironment))
    }

    private func execution(
        _ arguments: JSONObject, hasEnvironment: Bool = true
    ) throws -> Execution {
        let plan = try plan(arguments, hasEnvironment: hasEnvironment)
        guard case .run(let execution) = plan.work else { throw NotARun() }
        return execution
    }

    private struct NotARun: Error {}

    private func job(_ arguments: JSONObject) throws -> Job { try execution(arguments).job }

    @Test func `a program alone gets the profile's limits and no notes`() throws {
        let plan = try plan(["code": "print(1)"])
        let job = try job(["code": "print(1)"])
        #expect(job.code == "print(1)")
        #expect(job.readsInlineMetadata)
        #expect(!job.isScript)
        #expect(job.context == nil)
        #expect(job.requirements == nil)
        #expect(plan.limits == Samples.limits)
        #expect(plan.notes.isEmpty)
    }

    @Test(
        arguments: [
            ("5", 5, false), ("5.0", 5, false), ("1", 1, false), ("600000", 600_000, false),
            ("600001", 600_000, true), ("9223372036854775807", 600_000, true),
            ("1e400", 600_000, true), ("100000000000000000000000", 600_000, true),
        ] as [(String, Int64, Bool)])
    func `a time-out is taken, or lowered to the ceiling and said`(
        asked: String, wall: Int64, isLowered: Bool
    ) throws {
        let value = try JSON(parsing: Array(asked.utf8))
        let plan = try plan(["code": "1", "timeout": value])
        #expect(plan.limits.wallMilliseconds == wall)
        let note = "timeout lowered to 600000 ms, the operator's ceiling"
        #expect(plan.notes == (isLowered ? [note] : []))
    }

    @Test func `context and requirements go to the job as they came`() throws {
        let context: JSON = ["n": .number("1.50"), "s": "ü"]
        let job = try job(["code": "n", "context": context, "requirements": ["a>=1", "b[c]"]])
        #expect(job.context == Array(#"{"n":1.50,"s":"ü"}"#.utf8))
        #expect(job.requirements == Array(#"["a>=1","b[c]"]"#.utf8))
    }

    @Test func `a program too long is refused by name`() {
        let code = String(repeating: "é", count: Job.maximumCodeBytes / 2 + 1)
        let error = #expect(throws: ToolError.self) { try plan(["code": .string(code)]) }
        #expect(error?.description.hasPrefix("code: ") == true)
    }

    @Test func `a NUL byte is Python's to judge`() throws {
        #expect(try job(["code": "a\0b"]).code == "a\0b")
    }

    @Test(arguments: [
        ("import numpy", true), ("import numpy as np", true), ("  import pandas", true),
        ("from matplotlib import pyplot", true), ("import matplotlib.pyplot as plt", true),
        ("import os, scipy", true), ("x = 1; import numpy", true), ("\timport\tnumpy\n", true),
        ("import numpy# fast", true), ("import numpy\r\nx", true),
        ("import json", false), ("importnumpy", false), ("numpy = 1", false), ("", false),
        ("# import numpy", false), ("import numpyx", false), ("import xnumpy", false),
        ("print('import numpy')", false),
        (String(repeating: "x\n", count: 3000) + "import numpy", false),
    ])
    func `programs that import data packages get the template that has them`(
        code: String, wanted: Bool
    ) throws {
        #expect(ImportScan.wantsData(code) == wanted)
        #expect(try execution(["code": .string(code)]).template == (wanted ? .sci : .std))
        #expect(try execution(["code": .string(code)], hasEnvironment: false).template == .std)
    }
}
