/// A line, or a message of a batch, that is nothing this server acts on.
package struct RefusedMessage: Hashable, Sendable {
    package let fault: ProtocolFault
    /// The error to write; nil where the protocol allows no answer.
    package let reply: [UInt8]?

    init(_ fault: ProtocolFault, reply: [UInt8]?) {
        self.fault = fault
        self.reply = reply
    }
}
