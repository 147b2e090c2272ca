// The profiles of the tools on offer, to be read before a call: what will limit it.

package import Engine
package import Jail
package import MCP
internal import Notation

/// `sandboa://profiles/NAME`: a profile's limits, as JSON.
package struct ProfileResources: ResourceSource {
    private let names: [String]
    private let profile: @Sendable (String) throws -> Profile

    private static let prefix = "sandboa://profiles/"
    private static let template = prefix + "{name}"
    private static let mime = "application/json"
    private static let summary =
        "The limits that calls behind these walls have: time, memory, output and others."

    /// - Parameters:
    ///   - names: the profiles in use. No other can be read.
    ///   - profile: gives one of them.
    package init(
        _ names: [String], reading profile: @escaping @Sendable (String) throws -> Profile
    ) {
        self.names = names
        self.profile = profile
    }

    package var prefixes: [String] { [Self.prefix] }

    package func listings(for caller: Caller) -> [ResourceListing] {
        names.map {
            ResourceListing(
                uri: Self.prefix + $0, name: "profile \($0)", title: "Profile \($0)",
                description: Self.summary, mime: Self.mime)
        }
    }

    package func templates(for caller: Caller) -> [ResourceTemplateListing] {
        [
            ResourceTemplateListing(
                template: Self.template, name: "profile", title: "A profile's limits",
                description: Self.summary, mime: Self.mime)
        ]
    }

    package func read(
        _ uri: String, for caller: Caller, _ cancellation: Cancellation
    ) -> ResourceRead {
        guard let name = names.first(where: { Self.prefix + $0 == uri }) else { return .notFound }
        let profile: Profile
        do { profile = try self.profile(name) } catch {
            return .refused("The profile can't be read now; the server's operator can see why.")
        }
        let text = JSON.object(Self.members(of: profile)).text
        return .contents(
            [ResourceContents(uri: uri, mime: Self.mime, body: .text(text))], caching: .standard)
    }

    package func complete(
        _ template: String, _ argument: String, prefix: String, for caller: Caller
    ) -> [String] {
        names.filter { $0.hasPrefix(prefix) }
    }

    private static func members(of profile: Profile) -> JSONObject {
        var limits: JSONObject = [:]
        for (name, path) in Limits.names {
            limits[name + Limits.suffix(of: name)] = .integer(profile.limits[keyPath: path])
        }
        return [
            "name": .string(profile.name), "summary": .string(profile.summary),
            "may_start_processes": .bool(profile.mayFork), "limits": .object(limits),
        ]
    }
}

extension Limits {
    /// The unit, where a reader could take it for another one.
    fileprivate static func suffix(of name: String) -> String {
        switch name {
        case "wall", "wall_ceiling": "_ms"
        case "cpu": "_s"
        case "processes", "open_files", "scratch_files": ""
        case "shown": "_characters"
        default: "_bytes"
        }
    }
}
