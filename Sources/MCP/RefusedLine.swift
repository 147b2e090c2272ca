import Notation

/// A line the strict reader refused, looked at once more for the id of its request.
///
/// Much that is refused is JSON all the same: half a surrogate pair that a model wrote, a key
/// given twice, arguments nested too deep. Without an id in the error the client would wait for
/// its answer until it times out. Only the members of the outermost object are looked at, and
/// only a line whose brackets and quotes match is believed; nothing else is taken from it.
struct RefusedLine {
    private let line: [UInt8]
    private var position = 0
    private var ids: [ArraySlice<UInt8>] = []
    private var isRequest = false

    /// The id of the request on the line; nil when it can't be told, or when the line has no
    /// method: then it may be a response, and its id one of ours.
    static func requestID(in line: [UInt8]) -> RequestID? {
        var reader = RefusedLine(line: line)
        guard reader.readMembers(), reader.isRequest, reader.ids.count == 1 else {
            return nil
        }
        do {
            return RequestID(try JSON(parsing: Array(reader.ids[0])))
        } catch {
            return nil  // The id itself is what could not be read.
        }
    }

    private init(line: [UInt8]) {
        self.line = line
    }

    /// Reads `{"key":value,…}` up to the end of the line; false if it is anything else.
    private mutating func readMembers() -> Bool {
        guard take("{") else {
            return false
        }
        while let key = readString() {
            guard take(":") else {
                return false
            }
            let start = position
            guard skipValue() else {
                return false
            }
            note(key, line[start..<position])
            guard take(",") else {
                break
            }
        }
        return take("}") && peek() == nil
    }

    private mutating func note(_ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
        if key.elementsEqual("id".utf8) {
            ids.append(value)
        } else if key.elementsEqual("method".utf8) {
            isRequest = true
        }
    }

    /// Passes over one value: up to the comma or the bracket that ends it.
    private mutating func skipValue() -> Bool {
        var depth = 0
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\""):
                guard readString() != nil else {
                    return false
                }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 {
                    return true
                }
                depth -= 1
            case UInt8(ascii: ",") where depth == 0:
                return true
            default:
                break
            }
            position += 1
        }
        return false
    }

    /// What stands between two quotes, escapes and all; nil if no whole string comes next.
    private mutating func readString() -> ArraySlice<UInt8>? {
        guard take("\"") else {
            return nil
        }
        let start = position
        while position < line.count {
            switch line[position] {
            case UInt8(ascii: "\\"):
                position += 2
            case UInt8(ascii: "\""):
                position += 1
                return line[start..<(position - 1)]
            default:
                position += 1
            }
        }
        return nil
    }

    /// The next byte that is not white space.
    private mutating func peek() -> UInt8? {
        while position < line.count {
            let byte = line[position]
            guard byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D else {
                return byte
            }
            position += 1
        }
        return nil
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: character) else {
            return false
        }
        position += 1
        return true
    }
}
