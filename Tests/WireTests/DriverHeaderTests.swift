// Swift and the worker's C driver mean the same bytes.

import Testing

@testable import Wire

@Suite struct DriverHeaderTests {
    private let header: DriverHeader

    init() throws { header = try DriverHeader() }

    @Test func `the form of a frame is the same on both sides`() throws {
        #expect(try header.value("SBX_FRAME_MAGIC") == UInt64(Frame.magic))
        #expect(try header.value("SBX_FRAME_VERSION") == UInt64(Frame.version))
        #expect(try header.value("SBX_FRAME_HEADER_BYTES") == UInt64(Frame.headerBytes))
        #expect(try header.value("SBX_FIELD_HEADER_BYTES") == UInt64(Frame.fieldHeaderBytes))
        #expect(try header.value("SBX_KIND_JOB") == UInt64(MessageKind.job))
        #expect(try header.value("SBX_KIND_RESULT") == UInt64(MessageKind.result))
    }

    @Test func `the limits are the same on both sides`() throws {
        #expect(try header.value("SBX_LIMIT_RESULT") == UInt64(RunReport.maximumBytes))
        #expect(try header.value("SBX_LIMIT_SHOWN") == UInt64(ShownItem.maximumBytes))
        #expect(try header.value("SBX_LIMIT_CODE") == UInt64(Job.maximumCodeBytes))
        #expect(try header.value("SBX_DEFAULT_VALUE") == UInt64(Job(code: "").resultLimit))
        #expect(try header.value("SBX_LIMIT_JOB") <= UInt64(Frame.maximumBytes))
    }

    @Test func `every field of a job has the driver's tag`() throws {
        var job = Job(code: "print('ä')")
        job.filename = "a.py"
        job.context = Array("{}".utf8)
        job.requirements = Array("[]".utf8)
        job.arguments = Array(#"["x"]"#.utf8)
        job.resultLimit = 77
        job.limits = [Job.Limit(resource: 7, soft: 16, hard: 17)]
        job.directory = "/srv/mé"
        job.searchPath = "/srv/mé/scripts"
        let seal = Seal()
        let frame = try Frame(job.encoded(seal: seal))
        #expect(try frame.bytes(header.tag("SBX_JOB_SEAL")) == seal.bytes)
        #expect(frame.kind == MessageKind.job)
        #expect(try frame.text(header.tag("SBX_JOB_CODE")) == job.code)
        #expect(try frame.text(header.tag("SBX_JOB_FILENAME")) == job.filename)
        #expect(try frame.bytes(header.tag("SBX_JOB_CONTEXT")) == job.context)
        #expect(try frame.bytes(header.tag("SBX_JOB_REQUIREMENTS")) == job.requirements)
        #expect(try frame.bytes(header.tag("SBX_JOB_ARGV")) == job.arguments)
        #expect(try frame.number(header.tag("SBX_JOB_RESULT_LIMIT")) == 77)
        #expect(try frame.text(header.tag("SBX_JOB_DIRECTORY")) == job.directory)
        #expect(try frame.text(header.tag("SBX_JOB_SEARCH_PATH")) == job.searchPath)
        let limits = try frame.bytes(header.tag("SBX_JOB_LIMITS")) ?? []
        #expect(try limits.count == Int(header.value("SBX_ONE_LIMIT_BYTES")))
        #expect([0, 8, 16].map { limits.dropFirst($0).first } == [7, 16, 17])
        let tags = try (1...header.tag("SBX_JOB_FIELDS")).filter { frame.all($0).count == 1 }
        #expect(try tags.count == Int(header.value("SBX_JOB_FIELDS")))
    }

    @Test(arguments: [(false, false), (true, false), (false, true), (true, true)])
    func `the flags of a job are the driver's`(metadata: Bool, script: Bool) throws {
        var job = Job(code: "1")
        job.readsInlineMetadata = metadata
        job.isScript = script
        let expected =
            try (metadata ? header.value("SBX_FLAG_INLINE_METADATA") : 0)
            | (script ? header.value("SBX_FLAG_SCRIPT") : 0)
        let frame = try Frame(job.encoded(seal: Seal()))
        #expect(try frame.number(header.tag("SBX_JOB_FLAGS")) == expected)
    }

    @Test func `what a job does not have is left out`() throws {
        let frame = try Frame(Job(code: "").encoded(seal: Seal()))
        for name in [
            "SBX_JOB_CONTEXT", "SBX_JOB_REQUIREMENTS", "SBX_JOB_ARGV", "SBX_JOB_DIRECTORY",
            "SBX_JOB_SEARCH_PATH",
        ] {
            #expect(try frame.bytes(header.tag(name)) == nil)
        }
        #expect(try frame.bytes(header.tag("SBX_JOB_CODE")) == [])
    }

    @Test func `every field of a result has the driver's tag`() throws {
        var writer = FrameWriter(kind: MessageKind.result)
        try writer.add(header.tag("SBX_RESULT_OUTCOME"), UInt32(0))
        try writer.add(header.tag("SBX_RESULT_VALUE"), "42")
        try writer.add(header.tag("SBX_RESULT_VALUE_TOTAL"), UInt64(99))
        try writer.add(header.tag("SBX_RESULT_ERROR_TYPE"), "ValueError")
        try writer.add(header.tag("SBX_RESULT_ERROR_MESSAGE"), "no")
        try writer.add(header.tag("SBX_RESULT_ERROR_LINE"), UInt32(3))
        try writer.add(header.tag("SBX_RESULT_TRACEBACK"), "Traceback")
        try writer.add(header.tag("SBX_RESULT_SHOWN"), #"[{"kind":"note","text":"n"}]"#)
        let report = try RunReport(writer.finished())
        #expect(report.claim == .returned)
        #expect(report.value == "42")
        #expect(report.valueTotal == 99)
        #expect(report.errorType == "ValueError")
        #expect(report.errorMessage == "no")
        #expect(report.errorLine == 3)
        #expect(report.traceback == "Traceback")
        #expect(report.shown == [.note("n")])
    }

    @Test func `a session's fields have the driver's tags`() throws {
        var writer = FrameWriter(kind: MessageKind.result)
        try writer.add(header.tag("SBX_RESULT_OUTCOME"), UInt32(4))
        try writer.add(header.tag("SBX_RESULT_NAMES"), UInt64(7))
        try writer.add(header.tag("SBX_RESULT_OBSTACLES"), "a thread\na file")
        let report = try RunReport(writer.finished())
        #expect(report.names == 7 && report.obstacles == ["a thread", "a file"])
        var job = Job(code: "1")
        job.isSession = true
        let frame = try Frame(job.encoded(seal: Seal()))
        let flag = try header.value("SBX_FLAG_SESSION")
        #expect(try frame.number(header.tag("SBX_JOB_FLAGS")) == flag)
    }

    @Test func `an order to fork and its answer are the driver's`() throws {
        let seal = Seal()
        let order = try Frame(SessionFork.order(seal))
        #expect(try UInt64(order.kind) == header.value("SBX_KIND_FORK"))
        #expect(try order.bytes(header.tag("SBX_JOB_SEAL")) == seal.bytes)
        var writer = FrameWriter(kind: UInt16(try header.value("SBX_KIND_HELLO")))
        try writer.add(header.tag("SBX_RESULT_SEAL"), seal.bytes)
        let hello = writer.finished()
        #expect(hello.count == SessionFork.helloBytes)
        #expect(SessionFork.isHello(hello, to: seal))
        #expect(!SessionFork.isHello(hello, to: Seal()))
        #expect(!SessionFork.isHello(hello.dropLast(), to: seal))
        #expect(!SessionFork.isHello(SessionFork.order(seal), to: seal))
    }

    @Test func `every outcome has the driver's number`() throws {
        let claims: [(String, RunReport.Claim)] = [
            ("SBX_OUTCOME_RETURNED", .returned), ("SBX_OUTCOME_RAISED", .raised),
            ("SBX_OUTCOME_EXITED", .exited(code: -3)),
            ("SBX_OUTCOME_UNSATISFIED", .unsatisfied(Array("[]".utf8))),
            ("SBX_OUTCOME_INVALID", .invalid),
        ]
        #expect(header.names.filter { $0.hasPrefix("SBX_OUTCOME_") }.count == claims.count)
        for (name, claim) in claims {
            var writer = FrameWriter(kind: MessageKind.result)
            try writer.add(header.tag("SBX_RESULT_OUTCOME"), UInt32(header.value(name)))
            try writer.add(header.tag("SBX_RESULT_EXIT_CODE"), UInt32(bitPattern: -3))
            try writer.add(header.tag("SBX_RESULT_UNSATISFIED"), "[]")
            #expect(try RunReport(writer.finished()).claim == claim)
        }
    }
}
