// What OutputKeeper means, in the plainest way: keep everything, cut at the end.

@testable import Wire

struct NaiveKeeper {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ part: ArraySlice<UInt8>) { bytes += part }

    func text(shownCharacters limit: Int) -> CapturedText {
        let characters = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
        let total = Int64(characters.count)
        guard characters.count > limit else {
            return CapturedText(text: Self.text(characters[...]), shown: total, total: total)
        }
        let front = characters.prefix(limit / 2)
        let back = characters.suffix(limit - limit / 2)
        let mark = "\n[… \(characters.count - limit) characters left out …]\n"
        return CapturedText(
            text: Self.text(front) + mark + Self.text(back), shown: Int64(limit), total: total)
    }

    func lastLine(limit: Int) -> String {
        let line = bytes.split(separator: 0x0A).last ?? []
        return String(String(decoding: line, as: UTF8.self).suffix(limit))
    }

    private static func text(_ characters: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: characters)
        return String(text)
    }
}
