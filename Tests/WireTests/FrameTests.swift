// Frames, by example: what goes in comes out, and what does not add up is refused.

import Testing

@testable import Wire

@Suite struct FrameTests {
    /// A header and then whatever bytes a test wants, with every number free to lie.
    static func raw(
        magic: UInt32 = Frame.magic, version: UInt16 = Frame.version, kind: UInt16 = 7,
        size: Int? = nil, _ body: [UInt8] = []
    ) -> [UInt8] {
        littleEndian(UInt64(magic), 4) + littleEndian(UInt64(version), 2)
            + littleEndian(UInt64(kind), 2) + littleEndian(UInt64(size ?? body.count), 4) + body
    }

    static func field(_ tag: UInt16, size: Int? = nil, _ content: [UInt8] = []) -> [UInt8] {
        littleEndian(UInt64(tag), 2) + [0, 0] + littleEndian(UInt64(size ?? content.count), 4)
            + content
    }

    static func littleEndian(_ value: UInt64, _ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    }

    static func error(of bytes: [UInt8]) -> FrameError? {
        do throws(FrameError) {
            _ = try Frame(bytes)
            return nil
        } catch { return error }
    }

    @Test func `every type of field comes back as it was written`() throws {
        var writer = FrameWriter(kind: 0xBEEF)
        writer.add(1, [0, 255, 10])
        writer.add(2, "Grüße 😀")
        writer.add(3, UInt32.max)
        writer.add(4, UInt64.max - 1)
        writer.add(5, signed: .min)
        writer.add(6, flag: true)
        writer.add(7, flag: false)
        writer.add(8, texts: ["a", "", "c"])
        let frame = try Frame(writer.finished())
        #expect(frame.kind == 0xBEEF)
        #expect(frame.bytes(1) == [0, 255, 10])
        #expect(frame.text(2) == "Grüße 😀")
        #expect(frame.number(3) == UInt64(UInt32.max))
        #expect(frame.number(4) == UInt64.max - 1)
        #expect(frame.signed(5) == .min)
        #expect(frame.flag(6))
        #expect(!frame.flag(7))
        #expect(frame.texts(8) == ["a", "", "c"])
    }

    @Test func `a frame without fields is a frame`() throws {
        let frame = try Frame(FrameWriter(kind: 3).finished())
        #expect(frame.kind == 3)
        #expect(frame.bytes(1) == nil)
        #expect(frame.all(1).isEmpty)
        #expect(!frame.flag(1))
    }

    @Test func `the written form is the documented one`() {
        var writer = FrameWriter(kind: 0x0102)
        writer.add(0x0304, [9])
        #expect(
            writer.finished() == [
                0x53, 0x42, 0x58, 0x31, 1, 0, 0x02, 0x01, 9, 0, 0, 0,
                0x04, 0x03, 0, 0, 1, 0, 0, 0, 9,
            ])
    }

    @Test func `a number of four bytes keeps its sign when it is read as signed`() throws {
        let frame = try Frame(Self.raw(Self.field(1, [0xFE, 0xFF, 0xFF, 0xFF])))
        #expect(frame.signed(1) == -2)
        #expect(frame.number(1) == 0xFFFF_FFFE)
    }

    @Test(arguments: [0, 1, 2, 3, 5, 7, 9, 16])
    func `a number of another width is no number`(width: Int) throws {
        let content = [UInt8](repeating: 1, count: width)
        let frame = try Frame(Self.raw(Self.field(1, content)))
        #expect(frame.number(1) == nil)
        #expect(frame.signed(1) == nil)
        #expect(!frame.flag(1))
        #expect(frame.bytes(1) == content)
    }

    @Test func `a flag is true for exactly one`() throws {
        for value in [UInt32(0), 2, .max] {
            var writer = FrameWriter(kind: 1)
            writer.add(1, value)
            #expect(try !Frame(writer.finished()).flag(1))
        }
    }

    @Test func `of two fields with one tag the first counts, and all are told`() throws {
        let frame = try Frame(Self.raw(Self.field(1, [65]) + Self.field(1, [66])))
        #expect(frame.text(1) == "A")
        #expect(frame.texts(1) == ["A", "B"])
    }

    @Test func `text that is no UTF-8 is repaired, never trusted`() throws {
        let frame = try Frame(Self.raw(Self.field(1, [0x61, 0xFF, 0xC3])))
        #expect(frame.text(1) == "a\u{FFFD}\u{FFFD}")
    }

    @Test func `every shorter piece of a frame is refused`() throws {
        var writer = FrameWriter(kind: 1)
        writer.add(1, "text")
        writer.add(2, UInt64(5))
        let whole = writer.finished()
        for count in 0..<whole.count {
            #expect(Self.error(of: Array(whole.prefix(count))) == .badSize)
        }
        #expect(Self.error(of: whole + [0]) == .badSize)
    }

    @Test func `another magic or version is refused by name`() {
        #expect(Self.error(of: Self.raw(magic: 0)) == .badMagic)
        #expect(Self.error(of: Self.raw(magic: Frame.magic + 1)) == .badMagic)
        #expect(Self.error(of: Self.raw(version: 0)) == .badVersion)
        #expect(Self.error(of: Self.raw(version: 2)) == .badVersion)
    }

    @Test(arguments: [
        [UInt8](repeating: 0, count: 7),
        field(1, size: 1), field(1, size: Int(UInt32.max)), field(1, size: 5, [1, 2, 3, 4]),
        field(1, [1]) + [0],
    ])
    func `fields that do not add up to the frame are refused`(body: [UInt8]) {
        #expect(Self.error(of: Self.raw(body)) == .badSize)
    }

    @Test func `a header may not announce more than anybody accepts`() {
        #expect(Self.error(of: Self.raw(size: Frame.maximumBytes)) == .badSize)
        #expect(Self.error(of: Self.raw(size: Frame.maximumBytes + 1)) == .tooLong)
        #expect(Self.error(of: Self.raw(size: Int(UInt32.max))) == .tooLong)
    }

    @Test func `a header alone tells kind and size`() throws {
        let header = try Frame.header(of: Self.raw(kind: 36, size: 1000))
        #expect(header.kind == 36)
        #expect(header.size == 1000)
    }

    @Test func `the number of fields has a limit`() {
        let field = Self.field(1)
        let most = Array(repeatElement(field, count: Frame.maximumFields).joined())
        #expect(Self.error(of: Self.raw(most)) == nil)
        #expect(Self.error(of: Self.raw(most + field)) == .tooManyFields)
    }
}
