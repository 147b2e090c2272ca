// What a call costs beside a cold start of Python: both in turns, within one run.

import Kernel

/// Medians, in microseconds.
struct DemoTimings: Hashable, Sendable {
    let cold: Int64
    let call: Int64

    static let rounds = 40
    private static let program = "print(1+1)"
    private static let python = "/usr/bin/python3"

    /// nil: there is no python3 to compare with.
    static func measure(_ client: inout DemoClient) throws -> DemoTimings? {
        guard Files.isExecutable(python) else { return nil }
        var cold: [Int64] = []
        var calls: [Int64] = []
        for _ in 0..<rounds {
            cold.append(try coldStart())
            calls.append(try client.run(["code": .string(program)]).microseconds)
        }
        return DemoTimings(cold: median(cold), call: median(calls))
    }

    /// How many calls fit into one cold start, to one decimal place.
    var ratio: String {
        let tenths = call > 0 ? cold * 10 / call : 0
        return "\(tenths / 10).\(tenths % 10)"
    }

    static func median(_ values: [Int64]) -> Int64 {
        values.isEmpty ? 0 : values.sorted()[values.count / 2]
    }

    private static func coldStart() throws -> Int64 {
        let null = try Files.open("/dev/null")
        let sink = try Files.open("/dev/null", .append)
        let start = Moment.now
        let child = try Processes.spawn(
            python, arguments: ["python3", "-c", program],
            environment: ["PATH=/usr/bin:/bin", "LANG=C.UTF-8"],
            descriptors: [null.raw, sink.raw, 2])
        _ = try Processes.wait(child)
        return Moment.now.nanoseconds(since: start) / 1_000
    }
}
