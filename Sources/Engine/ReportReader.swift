// Reading a zygote's reports.

import Kernel
import Wire

/// Waits for the next report on a control socket.
enum ReportReader {
    /// A report and the descriptors that came with it.
    struct Received: ~Copyable {
        let report: ZygoteReport
        var attached: Descriptor?
        var second: Descriptor?

        /// Hands the descriptor over, once.
        mutating func takeAttached() -> Descriptor? { attached.take() }

        /// With a forked worker: its scratch directory.
        mutating func takeSecond() -> Descriptor? { second.take() }

        /// The failure this report tells of, as an error of ours.
        func error(_ stage: String) -> EngineError {
            guard case .failed(let step, let message, _) = report else {
                return EngineError(
                    stage: stage, message: "an unexpected report came: \(report)",
                    fix: "reinstall: sandboa and sandboa-worker must be of one version")
            }
            return EngineError(stage: "\(stage): \(step)", message: message, fix: Advice.for(step))
        }
    }

    static func next(
        from control: borrowing Descriptor, within milliseconds: Int64, stage: String
    ) throws(EngineError) -> Received {
        do {
            var poller = Poller()
            poller.add(control.raw, .readable)
            guard try poller.wait(until: Moment.now.advanced(byMilliseconds: milliseconds)) else {
                throw EngineError(
                    stage: stage, message: "no answer within \(milliseconds) ms",
                    fix: "look at the machine's load, then try again")
            }
            guard var message = try control.receive(limit: reportBytes, descriptors: 2)
            else {
                throw EngineError(
                    stage: stage, message: "the process ended without a word",
                    fix: "look above for what it printed; run `sandboa doctor`")
            }
            let report = try ZygoteReport(message.bytes)
            let attached = message.takeDescriptor()
            return Received(report: report, attached: attached, second: message.takeDescriptor())
        } catch let error as EngineError {
            throw error
        } catch {
            throw EngineError(
                stage: stage, message: "\(error)",
                fix: "reinstall: sandboa and sandboa-worker must be of one version")
        }
    }
}

/// What to do about a wall that could not be raised.
enum Advice {
    static func `for`(_ stage: String) -> String {
        switch stage {
        case "user namespace", "identity map":
            "allow user namespaces: sysctl kernel.unprivileged_userns_clone=1, "
                + "kernel.apparmor_restrict_unprivileged_userns=0, user.max_user_namespaces > 0"
        case "namespaces":
            "run with CAP_SYS_ADMIN (in a container: --privileged or --cap-add SYS_ADMIN), "
                + "or start as an ordinary user"
        case "process list":
            "the host's /proc must be mounted without anything over it (in a container: "
                + "--security-opt systempaths=unconfined)"
        case "landlock": "enable Landlock in the kernel, or lower --require"
        case "seccomp": "use a kernel with CONFIG_SECCOMP_FILTER"
        case "control group": "check that the control group file system is writable"
        case "workspace":
            "as root its file system must allow idmapped mounts (ext4, xfs, btrfs, tmpfs from "
                + "Linux 6.3 do; overlays, NFS, FUSE and ramfs may not): start as an ordinary "
                + "user, or choose another directory"
        case "environment": "rebuild it: sandboa env build data"
        case "python", "import", "settle":
            "install Debian's libpython3.11 and its standard library (make run does it)"
        default: "run `sandboa doctor` to see every wall"
        }
    }
}
