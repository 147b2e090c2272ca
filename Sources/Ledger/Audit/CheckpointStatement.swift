// What a checkpoint's signature is over.

/// The end of the chain before the checkpoint, its lane, and the key that signs.
struct CheckpointStatement {
    let bytes: [UInt8]

    /// The words in front keep the signature from meaning anything anywhere else.
    init(_ head: ChainHead, lane: Int, key: VerifyingKey) {
        bytes = Array(
            "sandboa audit checkpoint 1\n\(lane)\n\(head.seq)\n\(head.hash)\n\(key.name)\n".utf8)
    }
}
