// A question about packages as a job for a worker, and the worker's answer, which is hostile.

internal import Kernel
internal import Notation
package import Wire

/// What is installed there? The job answers; nothing that is installed is imported.
package struct PackageQuestion: Sendable {
    package let environment: EnvironmentState
    /// For any template whose runs see the environment; `std` imports the least.
    package let job: Job
    private let remarks: [String]

    /// How long the answer may take on the clock.
    package static let limitMilliseconds: Int64 = 30_000
    /// Packages in one listing, however they were found.
    static let mostPackages = 10_000
    /// Longest name and version, in bytes each.
    private static let maximumNameBytes = 100
    private static let mostNotes = 32
    private static let maximumCodeBytes = 256 << 10
    private static let limits = JSONLimits(maxBytes: 1 << 20, maxDepth: 3, maxMembers: 100_000)

    /// `place`: site-packages as a run sees it; nil: all that a run can import.
    init(
        environment: EnvironmentState, place: String?, notes: [String],
        installation: Installation
    ) throws(EngineError) {
        let path = "\(installation.share)/sandbox/prelude/packages.py"
        let code: [UInt8]
        do throws(SystemError) {
            code = try Files.contents(of: path, limit: Self.maximumCodeBytes)
        } catch {
            throw EngineError(
                stage: "installation", message: "\(error)",
                fix: "the files under \(installation.share) are damaged: reinstall")
        }
        var job = Job(code: String(decoding: code, as: UTF8.self))
        job.filename = "packages.py"
        let places = place.map { JSON.array([.string($0)]) } ?? .null
        job.context =
            JSON.object(["places": places, "most": .integer(Int64(Self.mostPackages))]).bytes
        job.resultLimit = UInt32(Self.limits.maxBytes)
        self.job = job
        self.environment = environment
        remarks = notes
    }

    /// What the outcome of the job says. An answer that is not whole is no answer.
    package func listing(from outcome: Outcome) throws(EnvironmentRefusal) -> PackageListing {
        switch outcome.status {
        case .ok: break
        case .timeout, .memory: throw unknown(.limit, outcome.cause?.message ?? "a limit was hit")
        default:
            let reason = outcome.report?.errorMessage ?? outcome.cause?.message
            throw unknown(.unreadable, Notes.quote(reason ?? outcome.status.rawValue))
        }
        guard let report = outcome.report, case .returned = report.claim,
            report.valueTotal == nil, let text = report.value
        else { throw unknown(.unreadable, "the answer is not whole") }
        let answer: JSON
        do throws(JSONError) {
            answer = try JSON(parsing: Array(text.utf8), limits: Self.limits)
        } catch { throw unknown(.unreadable, "the answer is no JSON") }
        return try listing(answer)
    }

    private func listing(_ answer: JSON) throws(EnvironmentRefusal) -> PackageListing {
        guard let told = answer["packages"]?.asArray, told.count <= Self.mostPackages,
            let total = answer["total"]?.asInteger.flatMap(Int.init(exactly:)),
            total >= told.count,
            let notes = answer["notes"]?.asArray?.compactMap(\.asString),
            notes.count <= Self.mostNotes
        else { throw unknown(.unreadable, "the answer makes no sense") }
        var packages: [PackageState] = []
        for pair in told {
            guard let texts = pair.asArray?.compactMap(\.asString), texts.count == 2,
                texts.allSatisfy(Self.isPlain)
            else { throw unknown(.unreadable, "the answer makes no sense") }
            packages.append(PackageState(name: texts[0], version: texts[1]))
        }
        return PackageListing(
            environment: environment, packages: packages, total: total, source: .metadata,
            notes: remarks + notes.map { String($0.prefix(400)).printable })
    }

    private static func isPlain(_ text: String) -> Bool {
        (1...maximumNameBytes).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    private func unknown(_ code: EnvironmentRefusal.Code, _ reason: String) -> EnvironmentRefusal {
        EnvironmentRefusal(code, "The packages of \(environment.name) can't be told: \(reason).")
    }
}
