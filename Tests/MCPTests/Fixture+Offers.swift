// What the tests' server offers beside its tools.

import MCP
import Notation

extension Fixture {
    static let everything: Offer = [.tools, .resources, .prompts, .completions, .tasks]

    static let fullEncoder = Encoder(server: server, offer: everything)

    /// `_meta` of a client that takes tasks.
    static let taskEnvelope: JSON = [
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": [
            "extensions": ["io.modelcontextprotocol/tasks": [:]]
        ],
    ]

    static let resources = [
        ResourceListing(
            uri: "test://text", name: "text", title: "A text", description: "Says hello.",
            mime: "text/plain", bytes: 5),
        ResourceListing(uri: "test://blob", name: "blob"),
    ]

    static let templates = [
        ResourceTemplateListing(
            template: "test://numbers/{n}", name: "numbers", title: "A number",
            description: "Says a number.", mime: "text/plain"),
        ResourceTemplateListing(template: "test://bare/{x}", name: "bare"),
    ]

    static let prompts = [
        PromptListing(
            name: "greet", title: "Greet", description: "Greets somebody.",
            arguments: [
                PromptListing.Argument(name: "who", description: "Whom."),
                PromptListing.Argument(name: "how", description: "How.", isRequired: false),
            ]),
        PromptListing(name: "bare", description: "Takes nothing.", arguments: []),
    ]

    /// What the fixture says to a request that is neither a call nor a task.
    static func answer(to step: Step, _ encoder: Encoder) -> (RequestID, [UInt8]) {
        switch step {
        case .listResources(let request):
            (request.id, encoder.resourceList(resources, to: request.id, era: request.era))
        case .listTemplates(let request):
            (request.id, encoder.templateList(templates, to: request.id, era: request.era))
        case .listPrompts(let request):
            (request.id, encoder.promptList(prompts, to: request.id, era: request.era))
        case .readResource(let request): (request.id, read(request, encoder))
        case .getPrompt(let request): (request.id, prompt(request, encoder))
        case .complete(let request): (request.id, complete(request, encoder))
        default: preconditionFailure("\(step) is answered elsewhere")
        }
    }

    private static func read(_ request: ReadRequest, _ encoder: Encoder) -> [UInt8] {
        let body: ResourceContents.Body
        switch request.uri {
        case "test://text": body = .text("hello")
        case "test://blob": body = .blob(base64: "AAEC")
        case "test://slow":
            let fault = ProtocolFault.unreadResource(request.uri, "It takes too long.")
            return encoder.failure(fault, to: request.id)
        default:
            let fault = ProtocolFault.unknownResource(request.uri, in: request.era)
            return encoder.failure(fault, to: request.id)
        }
        return encoder.contents(
            [ResourceContents(uri: request.uri, mime: "text/plain", body: body)],
            caching: .never, to: request.id, era: request.era)
    }

    private static func prompt(_ request: PromptRequest, _ encoder: Encoder) -> [UInt8] {
        guard request.name == "greet" else {
            let fault = ProtocolFault.unknownPrompt(request.name, known: prompts.map(\.name))
            return encoder.failure(fault, to: request.id)
        }
        guard let who = request.arguments["who"]?.asString else {
            let fault = ProtocolFault.badArgument("who", "is missing")
            return encoder.failure(fault, to: request.id)
        }
        let messages = [
            PromptMessage(role: .user, content: .text("Greet \(who).")),
            PromptMessage(role: .assistant, content: everyContent[2]),
        ]
        return encoder.prompt(
            messages, description: "Greets somebody.", to: request.id, era: request.era)
    }

    private static func complete(_ request: CompletionRequest, _ encoder: Encoder) -> [UInt8] {
        let all = (0..<250).map(String.init)
        let values: [String]
        switch request.reference {
        case .template("test://numbers/{n}"): values = all.filter { $0.hasPrefix(request.value) }
        case .prompt("greet"): values = request.context["how"] == nil ? [] : ["politely"]
        case .template(let template):
            return encoder.failure(.unknownTemplate(template), to: request.id)
        case .prompt(let name):
            let fault = ProtocolFault.unknownPrompt(name, known: prompts.map(\.name))
            return encoder.failure(fault, to: request.id)
        }
        return encoder.completion(values, to: request.id, era: request.era)
    }
}
