// What a verdict makes of a profile's limits: lower, never higher.

internal import Jail
internal import Policies

extension Limits {
    /// Each limit the lower of both. Scratch space is fixed when a slot is founded: it stays.
    func lowered(to other: Limits) -> Limits {
        var lower = self
        for (name, path) in Self.names where !name.hasPrefix("scratch") {
            lower[keyPath: path] = min(self[keyPath: path], other[keyPath: path])
        }
        return lower
    }

    /// With what a verdict tightens.
    func tightened(by verdict: TightenedLimits?) -> Limits {
        guard let verdict else { return self }
        var limits = self
        func lower(_ path: WritableKeyPath<Limits, Int64>, to value: Int64?) {
            guard let value else { return }
            limits[keyPath: path] = min(limits[keyPath: path], max(1, value))
        }
        lower(\.wallMilliseconds, to: verdict.wallMilliseconds)
        lower(\.wallCeilingMilliseconds, to: verdict.wallMilliseconds)
        // The kernel counts whole seconds: rounded up, but never above the profile's.
        lower(\.cpuSeconds, to: verdict.cpuMilliseconds.map { $0 / 1000 + ($0 % 1000 > 0 ? 1 : 0) })
        lower(\.memory, to: verdict.memoryBytes)
        lower(\.output, to: verdict.outputBytes)
        lower(\.openFiles, to: verdict.files)
        lower(\.processes, to: verdict.processes)
        return limits
    }
}
