// What /proc shows of a worker, and what of it is an objection.

import Jail
import Testing

@testable import sandboa

@Suite struct WorkerEvidenceTests {
    private static let sound = WorkerEvidence(
        status: """
            Name:\tsandboa-worker
            Uid:\t65500\t65500\t65500\t65500
            CapInh:\t0000000000000000
            CapPrm:\t0000000000000000
            CapEff:\t0000000000000000
            CapBnd:\t0000000000000000
            CapAmb:\t0000000000000000
            NoNewPrivs:\t1
            Seccomp:\t2
            Seccomp_filters:\t2

            """,
        limits: """
            Limit                     Soft Limit           Hard Limit           Units
            Max data size             536870912            536870912            bytes
            Max processes             64                   64                   processes
            Max open files            256                  256                  files
            Max address space         4294967296           4294967296           bytes
            """,
        groups: "4:memory:/sandboa-7/slot-0\n3:cpu,pids:/sandboa-7/slot-0\n",
        namespaces: names("theirs"), ourNamespaces: names("ours"))

    private static func names(_ owner: String) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: WorkerEvidence.namespaceKinds.map { ($0, "\($0):\(owner)") })
    }

    @Test(arguments: WallName.allCases)
    func `a worker that is locked in meets no objection`(wall: WallName) {
        #expect(Self.sound.objection(to: wall) == nil)
    }

    @Test(arguments: [
        (WallName.noNewPrivileges, "NoNewPrivs:\t1", "NoNewPrivs:\t0"),
        (.seccomp, "Seccomp:\t2", "Seccomp:\t0"),
        (.seccomp, "Seccomp_filters:\t2", "Seccomp_filters:\t1"),
        (.seccomp, "Seccomp:\t2\n", ""),
        (.capabilities, "CapEff:\t0000000000000000", "CapEff:\t0000000000200000"),
        (.capabilities, "CapBnd:\t0000000000000000", "CapBnd:\t000001ffffffffff"),
        (.identity, "Uid:\t65500\t65500", "Uid:\t65500\t0"),
    ])
    func `a status that shows privileges is an objection`(
        wall: WallName, from: String, to: String
    ) {
        var evidence = Self.sound
        evidence.status = evidence.status.replacing(from, with: to)
        #expect(evidence.objection(to: wall) != nil)
        for other in WallName.allCases where other != wall {
            #expect(evidence.objection(to: other) == nil)
        }
    }

    @Test(arguments: WorkerEvidence.namespaceKinds)
    func `every namespace has to be another than ours, and seen`(kind: String) {
        var shared = Self.sound
        shared.namespaces[kind] = shared.ourNamespaces[kind]
        #expect(shared.objection(to: .namespaces)?.contains(kind) == true)
        var unseen = Self.sound
        unseen.namespaces[kind] = nil
        #expect(unseen.objection(to: .namespaces)?.contains(kind) == true)
    }

    @Test func `an unlimited or missing limit is an objection`() {
        var evidence = Self.sound
        evidence.limits = evidence.limits.replacing("4294967296           4", with: "unlimited  4")
        #expect(evidence.objection(to: .rlimits) == "Max address space is unlimited")
        evidence.limits = ""
        #expect(evidence.objection(to: .rlimits) != nil)
    }

    @Test func `a worker outside of our groups is an objection`() {
        var evidence = Self.sound
        evidence.groups = "4:memory:/\n3:cpu,pids:/sandboa-7/slot-0\n"
        #expect(evidence.objection(to: .memoryGroup) != nil)
        #expect(evidence.objection(to: .pidsGroup) == nil)
        evidence.groups = "0::/user.slice/sandboa-7/slot-0\n"
        #expect(evidence.objection(to: .memoryGroup) == nil)
    }
}
