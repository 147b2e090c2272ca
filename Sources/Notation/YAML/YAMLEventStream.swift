// The one place that touches libyaml. Everything it hands out is copied.

internal import CYAML

/// The events of one YAML text, in order.
@safe struct YAMLEventStream: ~Copyable {
    private let parser: OpaquePointer

    /// A parser over a copy of `bytes`: checked UTF-8, no byte order mark.
    init(over bytes: Span<UInt8>) throws(YAMLError) {
        // SAFETY: the shim copies `count` bytes from a buffer that lives for the call.
        let opened = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe sbx_yaml_open(buffer.baseAddress, buffer.count)
        }
        guard let opened = unsafe opened else {
            throw YAMLError(reason: .outOfMemory, position: YAMLPosition(line: 1, column: 1))
        }
        unsafe parser = opened
    }

    deinit {
        // SAFETY: `parser` came from sbx_yaml_open, and this is its only owner.
        unsafe sbx_yaml_close(parser)
    }

    mutating func next() throws(YAMLError) -> YAMLEvent {
        // SAFETY: `parser` is open; `raw` is filled before it is read.
        var raw = unsafe sbx_yaml_event()
        let code = unsafe sbx_yaml_next(parser, &raw)
        let position = unsafe YAMLPosition(line: raw.line + 1, column: raw.column + 1)
        // SAFETY: the shim's pointers hold until the next call; `text` copies what they show.
        let text = unsafe Self.text(raw.text, raw.text_count) ?? ""
        guard code == 0 else {
            let isMemory = code == -CInt(SBX_YAML_NO_MEMORY)
            throw YAMLError(reason: isMemory ? .outOfMemory : .syntax(text), position: position)
        }
        // SAFETY: as above; nothing has asked for another event since.
        let anchor = unsafe Self.text(raw.anchor, raw.anchor_count)
        let tag = unsafe Self.text(raw.tag, raw.tag_count)
        let kind = unsafe Self.kind(of: raw.kind, style: raw.style, text: text, anchor: anchor)
        return YAMLEvent(kind: kind, position: position, anchor: anchor, tag: tag)
    }

    /// A copy of the bytes of a C text; nil for a null pointer.
    private static func text(_ start: UnsafePointer<UInt8>?, _ count: Int) -> String? {
        // SAFETY: `start` and `count` come from one event, which is still alive.
        guard let start = unsafe start else { return nil }
        return unsafe String(
            decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    private static func kind(
        of code: CInt, style: CInt, text: String, anchor: String?
    ) -> YAMLEvent.Kind {
        switch Int(code) {
        case Int(SBX_YAML_STREAM_START): .streamStart
        case Int(SBX_YAML_STREAM_END): .streamEnd
        case Int(SBX_YAML_DOCUMENT_START): .documentStart
        case Int(SBX_YAML_DOCUMENT_END): .documentEnd
        case Int(SBX_YAML_ALIAS): .alias(of: anchor ?? "")
        case Int(SBX_YAML_SCALAR): .scalar(text: text, style: Self.style(of: style))
        case Int(SBX_YAML_SEQUENCE_START): .sequenceStart
        case Int(SBX_YAML_SEQUENCE_END): .sequenceEnd
        case Int(SBX_YAML_MAPPING_START): .mappingStart
        case Int(SBX_YAML_MAPPING_END): .mappingEnd
        default: preconditionFailure("the YAML shim announced an unknown event, \(code)")
        }
    }

    private static func style(of code: CInt) -> YAMLScalar.Style {
        switch Int(code) {
        case Int(SBX_YAML_SINGLE_QUOTED): .singleQuoted
        case Int(SBX_YAML_DOUBLE_QUOTED): .doubleQuoted
        case Int(SBX_YAML_LITERAL): .literal
        case Int(SBX_YAML_FOLDED): .folded
        default: .plain
        }
    }
}
