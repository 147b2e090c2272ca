// From what was raised, what is seen and what is required to a report on every wall. Pure.

import Engine
import Jail
import Wire

/// Judges the walls of one engine.
struct Examination: Sendable {
    let required: Set<WallName>
    /// Why a wall that depends on the machine is not there.
    let whyNoGroups: String

    private static let groupFix =
        "start sandboa in a delegated scope: "
        + "systemd-run --user --scope -p Delegate=yes sandboa serve"

    /// The engine has started: every wall is up or down.
    func reports(
        raised: [ZygoteReport.RaisedWall], evidence: WorkerEvidence
    ) -> [WallReport] {
        WallName.allCases.compactMap { wall in
            guard let found = raised.first(where: { $0.name == wall.rawValue }) else {
                return isOptional(wall)
                    ? nil
                    : WallReport(
                        wall: wall, state: absent(wall), why: why(wall), fix: fix(wall))
            }
            if let objection = evidence.objection(to: wall) {
                return WallReport(
                    wall: wall, state: .missing, detail: found.detail, why: objection,
                    fix: "this is a fault of sandboa: do not use it here, and report it")
            }
            let proof = evidence.proof(of: wall).map { "; seen from outside: \($0)" } ?? ""
            return WallReport(wall: wall, state: .inForce, detail: found.detail + proof)
        }
    }

    /// The engine has not started: one wall is known to be missing.
    func reports(failure: EngineError) -> [WallReport] {
        let missing = Self.wall(of: failure.stage)
        return WallName.allCases.filter { $0 == missing || !isOptional($0) }.map { wall in
            wall == missing
                ? WallReport(
                    wall: wall, state: .missing, why: failure.message,
                    fix: Self.fix(of: failure))
                : WallReport(
                    wall: wall, state: .unknown, why: "the start ended before it was tried",
                    fix: "mend the missing wall first, then run `sandboa doctor` again")
        }
    }

    /// Whoever reads this has run `doctor` already.
    static func fix(of failure: EngineError) -> String {
        failure.fix.hasPrefix("run `sandboa doctor`")
            ? "start sandboa outside of other sandboxes and containers, or as an ordinary user "
                + "instead of root: this kernel refuses the step"
            : failure.fix
    }

    /// Whether a wall has nothing to hold without a workspace, or where control groups do its work.
    private func isOptional(_ wall: WallName) -> Bool {
        (wall == .workspace || wall == .memoryPoll) && !required.contains(wall)
    }

    private func absent(_ wall: WallName) -> WallReport.State {
        required.contains(wall) ? .missing : .notRequired
    }

    private func why(_ wall: WallName) -> String {
        switch wall {
        case .memoryGroup, .pidsGroup:
            "\(whyNoGroups.prefix { $0 != ";" }): rlimits and the scratch quota bound a run instead"
        case .workspace: "no workspace was given, or the profile shows none"
        case .memoryPoll: "control groups bound memory here, or the profile starts no processes"
        case .landlock: "this kernel has no Landlock, or it is not among its active LSMs"
        default: "the zygote did not report it"
        }
    }

    private func fix(_ wall: WallName) -> String {
        switch wall {
        case .memoryGroup, .pidsGroup: Self.groupFix
        case .workspace: "say --workspace DIR, or do not insist on it"
        case .memoryPoll: "insist on cgroup_memory instead: it is the stronger of the two"
        case .landlock: "use a kernel from 5.13 on, started with landlock among lsm="
        default: "reinstall: sandboa and sandboa-worker must be of one version"
        }
    }

    /// The wall that a step of the start belongs to: the last word of the stage names the step.
    static func wall(of stage: String) -> WallName? {
        guard let step = stage.split(separator: ":").last.map({ $0.drop { $0 == " " } }) else {
            return nil
        }
        switch step {
        case "namespaces", "user namespace", "identity map", "no more user namespaces",
            "household", "process family":
            return .namespaces
        case "private mounts", "root", "pivot_root", "read-only root", "environment": return .root
        case "scratch": return .scratch
        case "process list": return .processes
        case "workspace": return .workspace
        case "limits": return .rlimits
        case "no new privileges": return .noNewPrivileges
        case "capabilities": return .capabilities
        case "landlock": return .landlock
        case "seccomp": return .seccomp
        case "control group": return .memoryGroup
        default: return nil
        }
    }
}
