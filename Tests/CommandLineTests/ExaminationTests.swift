// From raised walls, evidence and requirements to a report.

import Engine
import Jail
import Testing
import Wire

@testable import sandboa

@Suite struct ExaminationTests {
    private let blind = WorkerEvidence(
        status: "", limits: "", groups: "", namespaces: [:], ourNamespaces: [:])
    private let examination = Examination(
        required: [.seccomp, .landlock], whyNoGroups: "memory: not delegated; start it elsewhere")

    @Test func `a wall that was not raised is missing only where it is required`() {
        let reports = examination.reports(raised: [], evidence: blind)
        let optional: [WallName] = [.workspace, .memoryPoll]
        #expect(reports.map(\.wall) == WallName.allCases.filter { !optional.contains($0) })
        for report in reports {
            let isRequired = [.seccomp, .landlock].contains(report.wall)
            #expect(report.state == (isRequired ? .missing : .notRequired))
            #expect(!report.why.isEmpty && !report.fix.isEmpty)
        }
    }

    @Test func `what the kernel contradicts is missing, whatever the zygote says`() {
        let raised = [
            ZygoteReport.RaisedWall(name: WallName.seccomp.rawValue, detail: "allow-list"),
            .init(name: WallName.landlock.rawValue, detail: "ABI 7"),
        ]
        let reports = examination.reports(raised: raised, evidence: blind)
        #expect(reports.first { $0.wall == .seccomp }?.state == .missing)
        #expect(reports.first { $0.wall == .landlock }?.state == .inForce)
    }

    @Test(arguments: [
        ("template std: user namespace", WallName.namespaces), ("slot: scratch", .scratch),
        ("slot: seccomp", .seccomp), ("control group", .memoryGroup),
        ("slot: process list", .processes), ("template std: pivot_root", .root),
    ])
    func `a failed start names its wall and knows nothing of the others`(
        stage: String, wall: WallName
    ) {
        let failure = EngineError(stage: stage, message: "no", fix: "run `sandboa doctor`")
        for report in examination.reports(failure: failure) {
            #expect(report.state == (report.wall == wall ? .missing : .unknown))
            #expect(!report.why.isEmpty && !report.fix.contains("run `sandboa doctor` to see"))
        }
    }

    @Test func `the exit status tells an escape from a missing wall`() {
        let up = WallReport(wall: .root, state: .inForce)
        let down = WallReport(wall: .root, state: .missing)
        let spare = WallReport(wall: .root, state: .notRequired)
        #expect(Diagnosis(walls: [up, spare], facts: [:]).exitCode == .ok)
        #expect(Diagnosis(walls: [up, down], facts: [:]).exitCode == .environment)
    }
}
