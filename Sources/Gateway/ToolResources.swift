// Resources that tools have: a read is a call, judged and recorded like one.

internal import Catalog
package import Engine
package import MCP
internal import Notation

/// Lists and reads what the tools on offer let clients read by an address.
package struct ToolResources: ResourceSource {
    private let pipeline: Pipeline
    private let workshop: Workshop

    package init(_ pipeline: Pipeline, _ workshop: Workshop) {
        self.pipeline = pipeline
        self.workshop = workshop
    }

    package var prefixes: [String] { ["python://"] }

    package func listings(for caller: Caller) -> [ResourceListing] {
        pipeline.resources().filter { $0.resource.parts == nil }.map { _, resource in
            ResourceListing(
                uri: resource.template, name: resource.name, title: resource.title,
                description: resource.description, mime: ToolResource.mime)
        }
    }

    package func templates(for caller: Caller) -> [ResourceTemplateListing] {
        pipeline.resources().filter { $0.resource.parts != nil }.map { _, resource in
            ResourceTemplateListing(
                template: resource.template, name: resource.name, title: resource.title,
                description: resource.description, mime: ToolResource.mime)
        }
    }

    package func read(
        _ uri: String, for caller: Caller, _ cancellation: Cancellation
    ) -> ResourceRead {
        for (tool, resource) in pipeline.resources() {
            guard let variables = Self.variables(of: uri, as: resource) else { continue }
            let answer = pipeline.read(
                resource,
                Pipeline.Call(
                    tool: tool, arguments: variables, cancellation: cancellation, caller: caller))
            defer { pipeline.finish(answer) }
            return Self.contents(uri, answer.result)
        }
        return .notFound
    }

    package func complete(
        _ template: String, _ argument: String, prefix: String, for caller: Caller
    ) -> [String] {
        let found = pipeline.resources().first { $0.resource.template == template }
        guard let values = found?.resource.values else { return [] }
        return workshop.names(of: values, for: caller).filter { $0.hasPrefix(prefix) }
    }

    /// What stands in an address for the variable of a template; nil: it is none of that kind.
    private static func variables(of uri: String, as resource: ToolResource) -> JSONObject? {
        guard let (before, variable, after) = resource.parts else {
            return uri == resource.template ? [:] : nil
        }
        guard uri.hasPrefix(before), uri.hasSuffix(after),
            uri.utf8.count > before.utf8.count + after.utf8.count
        else { return nil }
        let value = uri.dropFirst(before.count).dropLast(after.count)
        guard let decoded = PercentCoding.decode(value) else { return nil }
        return [variable: .string(decoded)]
    }

    private static func contents(_ uri: String, _ result: CallResult?) -> ResourceRead {
        guard let result, case .text(let text)? = result.content.first else {
            return .refused("A person has to agree to this first: call the tool instead.")
        }
        if !result.isError {
            return .contents(
                [ResourceContents(uri: uri, mime: ToolResource.mime, body: .text(text))])
        }
        let code = result.structured?["error"]?["code"]?.asString
        return code == "not_found" ? .notFound : .refused(text)
    }
}

extension Workshop {
    /// What can stand for a variable, for this caller.
    func names(of values: ToolResource.Values, for caller: Caller) -> [String] {
        switch values {
        case .environments: rooms.environments?().list().environments.map(\.name) ?? []
        case .sessions:
            sessions.list(owner: String(decoding: caller.identity, as: UTF8.self)).map(\.id)
        }
    }
}
