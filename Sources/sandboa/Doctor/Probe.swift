// A harmless program that shows, from inside, what cannot be seen from outside.

import Notation

/// What an ordinary run sees of its own place.
struct Probe: Hashable, Sendable {
    var python: String
    var namespaces: [String: String]

    /// An ordinary user may not look at the namespaces of a process that is not dumpable.
    static let code = """
        import json, os, sys
        kinds = ("cgroup", "ipc", "mnt", "net", "pid", "uts")
        print(json.dumps({
            "python": sys.version.split()[0],
            "namespaces": {kind: os.readlink(f"/proc/self/ns/{kind}") for kind in kinds},
        }))
        """

    init(output: String) throws(JSONError) {
        let told = try JSON(
            parsing: Array(output.utf8),
            limits: JSONLimits(maxBytes: 4096, maxDepth: 3, maxMembers: 20))
        python = told["python"]?.asString ?? "unknown"
        namespaces = [:]
        for (kind, name) in told["namespaces"]?.asObject ?? [:] {
            namespaces[kind] = name.asString
        }
    }
}
