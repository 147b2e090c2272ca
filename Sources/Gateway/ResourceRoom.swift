// All resources of a server, whoever has them.

internal import Engine
internal import MCP

/// Joins sources: the one with the longest fitting prefix has a URI.
package struct ResourceRoom: Sendable {
    /// Resources and templates that a list shows, each. What is beyond can still be read.
    package static let maxListed = 1_000
    /// Bytes of one reading, base64 counted as it is sent. A client has to take it as one line.
    package static let maxReadBytes = 16 << 20

    private let sources: [any ResourceSource]
    /// The longest prefix first.
    private let places: [(prefix: String, source: any ResourceSource)]

    package init(_ sources: [any ResourceSource]) {
        self.sources = sources
        let places = sources.flatMap { source in source.prefixes.map { ($0, source) } }
        precondition(
            Set(places.map { $0.0 }).count == places.count, "a prefix belongs to one source")
        self.places = places.sorted { $0.0.utf8.count > $1.0.utf8.count }
            .map { (prefix: $0.0, source: $0.1) }
    }

    func listings(for caller: Caller) -> [ResourceListing] {
        Array(sources.flatMap { $0.listings(for: caller) }.prefix(Self.maxListed))
    }

    func templates(for caller: Caller) -> [ResourceTemplateListing] {
        Array(sources.flatMap { $0.templates(for: caller) }.prefix(Self.maxListed))
    }

    /// Reads a resource. Nothing at all counts as not there, and too much is refused.
    func read(_ uri: String, for caller: Caller, _ cancellation: Cancellation) -> ResourceRead {
        guard let source = places.first(where: { Self.begins(uri, $0.prefix) })?.source else {
            return .notFound
        }
        let read = source.read(uri, for: caller, cancellation)
        guard case .contents(let parts, _) = read else { return read }
        guard !parts.isEmpty else { return .notFound }
        let bytes = parts.reduce(0) { $0 + $1.size }
        guard bytes <= Self.maxReadBytes else {
            return .refused(
                "The resource has \(bytes) bytes, and \(Self.maxReadBytes) can be read at once. "
                    + "Have a program look at it and print what matters.")
        }
        return read
    }

    /// Values of a template's argument. Throws when there is no such template or argument.
    func complete(
        _ template: String, _ argument: String, prefix: String, for caller: Caller
    ) throws(ProtocolFault) -> [String] {
        let owner = sources.first { source in
            source.templates(for: caller).contains { Self.isSame($0.template, template) }
        }
        guard let owner else { throw ProtocolFault.unknownTemplate(template) }
        guard template.contains("{\(argument)}") else {
            throw ProtocolFault.badArgument(argument, "is not in this template")
        }
        return owner.complete(template, argument, prefix: prefix, for: caller)
    }

    /// By bytes: letters that look alike do not make two names one.
    private static func begins(_ text: String, _ prefix: String) -> Bool {
        text.utf8.starts(with: prefix.utf8)
    }

    private static func isSame(_ left: String, _ right: String) -> Bool {
        left.utf8.elementsEqual(right.utf8)
    }
}
