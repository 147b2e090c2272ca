import Notation

/// A request for what a resource holds; whether there is one is not decided yet.
package struct ReadRequest: Hashable, Sendable {
    /// Bytes a URI may have.
    package static let maxURIBytes = 2048

    package let id: RequestID
    package let era: Era
    /// A scheme, a colon and more, in printable ASCII: no blanks, no control characters.
    package let uri: String
    package let peer: Peer

    init(_ request: Request, _ era: Era, _ peer: Peer) throws(ProtocolFault) {
        id = request.id
        self.era = era
        self.peer = peer
        uri = try request.text("uri", "the resource's URI", atMost: Self.maxURIBytes)
        guard Self.isURI(uri) else {
            throw ProtocolFault(
                .invalidParams,
                "`uri` has to be a scheme, a colon and more, in printable ASCII; write other "
                    + "characters with percent signs.")
        }
    }

    private static func isURI(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0,
            colon < bytes.count - 1, isLetter(bytes[0]),
            bytes[..<colon].allSatisfy({ isLetter($0) || schemeMarks.contains($0) })
        else { return false }
        return bytes.allSatisfy { (0x21...0x7E).contains($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static let schemeMarks = Array("0123456789+-.".utf8)
}
