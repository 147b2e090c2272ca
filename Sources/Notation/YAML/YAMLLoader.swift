// Builds the tree from the events.
//
// INVARIANT: recursion is bounded by `limits.maxDepth`, and so is the height of the tree with
// aliases followed: an anchor remembers the height of its node.
// INVARIANT: a node is anchored only once it is complete, so no alias can point into itself.

/// Loads one document. Make one per text.
struct YAMLLoader {
    /// A node, how many nodes a walk over it meets, and how many levels it has.
    struct Built {
        let node: YAMLNode
        var count = 1
        var height = 0
    }

    let limits: YAMLLimits
    var anchors: [ExactText: Built] = [:]
    var nodesLeft: Int
    var aliasedNodesLeft: Int

    init(limits: YAMLLimits) {
        self.limits = limits
        self.nodesLeft = limits.maxNodes
        self.aliasedNodesLeft = limits.maxAliasedNodes
    }

    mutating func document(in bytes: Span<UInt8>) throws(YAMLError) -> YAMLNode {
        var events = try YAMLEventStream(over: bytes)
        _ = try events.next()
        guard case .documentStart = try events.next().kind else {
            let empty = YAMLScalar(text: "", style: .plain, value: .null)
            return YAMLNode(.scalar(empty), at: YAMLPosition(line: 1, column: 1))
        }
        let root = try node(at: events.next(), depth: 0, from: &events)
        guard limits.refusesSecondDocument else { return root.node }
        _ = try events.next()
        let last = try events.next()
        guard case .streamEnd = last.kind else {
            throw YAMLError(reason: .secondDocument, position: last.position)
        }
        return root.node
    }

    /// Builds the node that `event` begins.
    mutating func node(
        at event: YAMLEvent, depth: Int, from events: inout YAMLEventStream
    ) throws(YAMLError) -> Built {
        guard nodesLeft > 0 else {
            throw YAMLError(reason: .tooManyNodes(limit: limits.maxNodes), position: event.position)
        }
        nodesLeft -= 1
        let built: Built
        switch event.kind {
        case .alias(let name):
            return try alias(name, at: event.position, depth: depth)
        case .scalar(let text, let style):
            let scalar = try Self.scalar(text, style, event)
            built = Built(node: YAMLNode(.scalar(scalar), at: event.position))
        case .sequenceStart:
            try check(event, depth: depth, tag: Self.sequenceTag)
            built = try sequence(at: event.position, depth: depth + 1, from: &events)
        case .mappingStart:
            try check(event, depth: depth, tag: Self.mappingTag)
            built = try mapping(at: event.position, depth: depth + 1, from: &events)
        default:
            preconditionFailure("libyaml ended a collection that it had not begun")
        }
        if let anchor = event.anchor { anchors[ExactText(anchor)] = built }
        return built
    }

    private mutating func sequence(
        at position: YAMLPosition, depth: Int, from events: inout YAMLEventStream
    ) throws(YAMLError) -> Built {
        var elements: [YAMLNode] = []
        var (count, height) = (1, 0)
        while true {
            let event = try events.next()
            if case .sequenceEnd = event.kind {
                let node = YAMLNode(.sequence(elements), at: position)
                return Built(node: node, count: count, height: height + 1)
            }
            let element = try node(at: event, depth: depth, from: &events)
            elements.append(element.node)
            count += element.count
            height = max(height, element.height)
        }
    }

    private mutating func mapping(
        at position: YAMLPosition, depth: Int, from events: inout YAMLEventStream
    ) throws(YAMLError) -> Built {
        var builder = YAMLMappingBuilder()
        while true {
            let event = try events.next()
            if case .mappingEnd = event.kind {
                aliasedNodesLeft -= try builder.merge(atMost: aliasedNodesLeft, of: limits)
                return builder.built(at: position)
            }
            let key = try node(at: event, depth: depth, from: &events)
            let value = try node(at: events.next(), depth: depth, from: &events)
            try builder.add(key.node, at: event.position, value)
        }
    }

    private mutating func alias(
        _ name: String, at position: YAMLPosition, depth: Int
    ) throws(YAMLError) -> Built {
        guard let target = anchors[ExactText(name)] else {
            throw YAMLError(reason: .unknownAnchor(name), position: position)
        }
        guard depth + target.height <= limits.maxDepth else {
            throw YAMLError(reason: .tooDeep(limit: limits.maxDepth), position: position)
        }
        guard target.count <= aliasedNodesLeft else {
            let reason = YAMLError.Reason.tooManyAliasedNodes(limit: limits.maxAliasedNodes)
            throw YAMLError(reason: reason, position: position)
        }
        aliasedNodesLeft -= target.count
        return target
    }

    private func check(_ event: YAMLEvent, depth: Int, tag: String) throws(YAMLError) {
        guard depth < limits.maxDepth else {
            throw YAMLError(reason: .tooDeep(limit: limits.maxDepth), position: event.position)
        }
        guard let found = event.tag, found != "!", found != tag else { return }
        throw Self.tagError(found, at: event.position)
    }
}
