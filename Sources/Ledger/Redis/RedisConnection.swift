// The one wrapper of hiredis: a connection that sends commands as lists of strings.

internal import CHiredis

/// What Redis answered.
indirect enum RedisReply: Equatable {
    case none
    case integer(Int64)
    case text(String)
    case error(String)
    case list([RedisReply])

    var integer: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    var text: String? {
        if case .text(let value) = self { value } else { nil }
    }
}

/// The connection is of no use any more, and why.
struct RedisLoss: Error, Hashable {
    let reason: String
    /// The answer did not come in time: asking again would wait as long again.
    var isTimeout: Bool { reason == "timed out" }
}

/// One connection.
///
/// INVARIANT: used by one thread at a time, and not at all after a `RedisLoss`.
@safe final class RedisConnection {
    /// Lists in lists; our scripts answer with one list of texts and numbers.
    private static let deepestReply = 4

    // SAFETY: opened in init, closed in deinit, never handed out.
    private let connection: UnsafeMutableRawPointer

    init(host: String, port: UInt16, timeoutMilliseconds: Int64) throws(RedisLoss) {
        var error = [CChar](repeating: 0, count: 160)
        // SAFETY: the host is read until its NUL; the shim writes at most `count` bytes.
        let opened = unsafe sbx_redis_connect(
            host, Int32(port), timeoutMilliseconds, &error, error.count)
        guard let opened = unsafe opened else { throw Self.loss(error) }
        unsafe connection = opened
    }

    // SAFETY: nobody uses an object that nobody holds.
    deinit { unsafe sbx_redis_close(connection) }

    func command(_ arguments: [String]) throws(RedisLoss) -> RedisReply {
        // One block of bytes holds all arguments: their addresses are taken once it is complete.
        var block: [CChar] = []
        var sizes: [Int] = []
        for argument in arguments {
            let bytes = argument.utf8.map(CChar.init(bitPattern:))
            sizes.append(bytes.count)
            block += bytes
        }
        block.append(0)
        var error = [CChar](repeating: 0, count: 160)
        // SAFETY: `starts` point into the block, each with its size of bytes behind it; hiredis
        // copies them before it returns.
        let reply = unsafe block.withUnsafeBufferPointer { bytes in
            var starts: [UnsafePointer<CChar>?] = unsafe []
            var offset = 0
            for size in sizes {
                unsafe starts.append(bytes.baseAddress.map { unsafe $0 + offset })
                offset += size
            }
            return unsafe sbx_redis_command(
                connection, Int32(sizes.count), &starts, sizes, &error, error.count)
        }
        guard let reply = unsafe reply else { throw Self.loss(error) }
        // SAFETY: the reply is freed once, after it was copied.
        defer { unsafe sbx_redis_free(reply) }
        return unsafe Self.copy(reply, levels: Self.deepestReply)
    }

    // SAFETY: the shim's accessors look at nothing but the reply, which lives until it is freed.
    private static func copy(_ reply: UnsafeRawPointer, levels: Int) -> RedisReply {
        let kind = UInt32(bitPattern: unsafe sbx_redis_kind_of(reply))
        switch kind {
        case sbx_redis_integer.rawValue: return .integer(unsafe sbx_redis_integer_of(reply))
        case sbx_redis_text.rawValue: return .text(unsafe text(of: reply))
        case sbx_redis_error.rawValue: return .error(unsafe text(of: reply))
        case sbx_redis_list.rawValue where levels > 0:
            // SAFETY: as above; places are below the count.
            return .list(
                (0..<(unsafe sbx_redis_count_of(reply))).map { place in
                    guard let element = unsafe sbx_redis_element_of(reply, place) else {
                        return .none
                    }
                    return unsafe copy(element, levels: levels - 1)
                })
        default: return .none
        }
    }

    private static func text(of reply: UnsafeRawPointer) -> String {
        var size = 0
        // SAFETY: as above; the bytes are copied here.
        guard let text = unsafe sbx_redis_text_of(reply, &size) else { return "" }
        let bytes = unsafe UnsafeRawBufferPointer(start: text, count: size)
        return unsafe String(decoding: bytes, as: UTF8.self)
    }

    private static func loss(_ error: [CChar]) -> RedisLoss {
        let bytes = error.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
        return RedisLoss(reason: String(decoding: bytes, as: UTF8.self))
    }
}
