// A worker's own account of its run: read strictly, kept within bounds.

import Testing

@testable import Wire

@Suite struct RunReportTests {
    private let header: DriverHeader

    init() throws { header = try DriverHeader() }

    private func report(
        _ outcome: UInt32, _ add: (inout FrameWriter) -> Void = { _ in }
    )
        throws -> RunReport
    {
        var writer = FrameWriter(kind: MessageKind.result)
        writer.add(1, outcome)
        add(&writer)
        return try RunReport(writer.finished())
    }

    @Test(arguments: [UInt32(5), 6, 255, .max])
    func `an outcome that nobody knows is refused`(outcome: UInt32) {
        #expect(throws: FrameError.incomplete(kind: MessageKind.result)) {
            try report(outcome)
        }
    }

    @Test func `a result without an outcome is refused`() {
        let empty = FrameWriter(kind: MessageKind.result).finished()
        #expect(throws: FrameError.incomplete(kind: MessageKind.result)) {
            try RunReport(empty)
        }
    }

    @Test func `an exit without a code is a failure`() throws {
        #expect(try report(2).claim == .exited(code: 1))
    }

    @Test func `a missing list of requirements is an empty one`() throws {
        #expect(try report(3).claim == .unsatisfied([]))
    }

    @Test func `a number of the wrong width is left out`() throws {
        let odd = try report(0) { writer in
            writer.add(3, [1, 2, 3])
            writer.add(6, [UInt8]())
        }
        #expect(odd.valueTotal == nil)
        #expect(odd.errorLine == nil)
    }

    @Test func `a line beyond every program is still a number`() throws {
        #expect(try report(1) { $0.add(6, UInt64.max) }.errorLine == .max)
    }

    /// The driver keeps to its own limits; a program that writes the frame itself would not.
    @Test func `texts that the driver would have cut are cut here`() throws {
        let long = String(repeating: "x", count: 100_000)
        let told = try report(1) { writer in
            for tag in [UInt16(4), 5, 7] { writer.add(tag, long) }
        }
        #expect(try told.errorType?.count == Int(header.value("SBX_LIMIT_ERROR_TYPE")))
        #expect(try told.errorMessage?.count == Int(header.value("SBX_LIMIT_ERROR_MESSAGE")))
        #expect(try told.traceback?.count == Int(header.value("SBX_LIMIT_TRACEBACK")))
        let listed = try report(3) { $0.add(9, long) }
        guard case .unsatisfied(let list) = listed.claim else {
            Issue.record("not unsatisfied")
            return
        }
        #expect(try list.count <= Int(header.value("SBX_LIMIT_UNSATISFIED")))
    }
}
