import MCP
import Notation

/// The least a gateway does: it performs steps and writes messages. Calls of `hold` wait for
/// `finish`; everything else is answered at once.
struct SmallGateway {
    private(set) var conversation = Conversation(encoder: Fixture.encoder)
    private var splitter: LineSplitter
    private var held: [CallRequest] = []

    init(maxLineBytes: Int = LineSplitter.standardMaxLineBytes) {
        splitter = LineSplitter(maxLineBytes: maxLineBytes)
    }

    /// Everything the server says to these bytes of the stream.
    mutating func receive(_ bytes: [UInt8]) -> [[UInt8]] {
        splitter.feed(bytes).flatMap {
            perform(conversation.receive($0, limit: splitter.maxLineBytes))
        }
    }

    /// Ends a held call.
    mutating func finish(_ id: RequestID) -> [[UInt8]] {
        guard let place = held.firstIndex(where: { $0.id == id }) else { return [] }
        return answer(held.remove(at: place))
    }

    private mutating func perform(_ step: Step) -> [[UInt8]] {
        switch step {
        case .reply(let message):
            return [message]
        case .call(let call) where call.tool == "hold":
            held.append(call)
            return progress(of: call)
        case .call(let call):
            return progress(of: call) + answer(call)
        case .listTools(let request):
            guard conversation.finished(request.id) else { return [] }
            let list = Fixture.encoder.toolList(Fixture.tools, for: request.era)
            return [Fixture.encoder.response(to: request.id, result: list)]
        case .several(let steps):
            return steps.flatMap { perform($0) }
        case .cancel, .response, .nothing:
            return []
        }
    }

    private func progress(of call: CallRequest) -> [[UInt8]] {
        guard var ticker = ProgressTicker(for: call) else { return [] }
        return [ticker.tick(1, of: 2, message: "half way")].compactMap(\.self)
    }

    private mutating func answer(_ call: CallRequest) -> [[UInt8]] {
        guard conversation.finished(call.id) else { return [] }
        guard let result = Fixture.result(of: call) else {
            let fault = ProtocolFault.unknownTool(call.tool, known: Fixture.tools.map(\.name))
            return [Fixture.encoder.failure(fault, to: call.id)]
        }
        return [Fixture.encoder.result(result, to: call.id, era: call.era)]
    }
}
