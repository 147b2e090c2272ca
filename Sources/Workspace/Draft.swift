// A file in the making, beside the place it is made for.

internal import Kernel
internal import Notation

/// A new file that nobody finds under its name before it is whole.
///
/// It has no name at all where the file system can do that (O_TMPFILE): a crash leaves nothing.
/// Elsewhere (NFS, FAT) it has a random one, which a crash leaves behind, never the target's.
struct Draft: ~Copyable {
    let file: Descriptor
    private var name: EntryName?

    /// - Parameter named: gives it a name even where that is not needed: for tests.
    init(
        in directory: borrowing Directory, mode: UInt32, named: Bool = false
    ) throws(SystemError) {
        if !named {
            do throws(SystemError) {
                file = try directory.draft(mode: mode)
                name = nil
                return
            } catch {
                if error.code != ErrorCode.notSupported { throw error }
            }
        }
        let fresh = try Self.freshName()
        file = try directory.create(fresh, mode: mode)
        name = fresh
    }

    /// Puts the file under its name in one step: whoever looks finds what was there before, or
    /// all of the new file.
    ///
    /// - Throws: `EEXIST` when there is something of that name, unless `replacing`. Then, as after
    ///   every failure, `discard` is what is left to do.
    mutating func publish(
        as target: EntryName, in directory: borrowing Directory, replacing: Bool
    ) throws(SystemError) {
        switch (name, replacing) {
        case (let name?, true):
            try directory.rename(name, to: target, replacing: true)
        case (let name?, false):
            do throws(SystemError) {
                try directory.rename(name, to: target, replacing: false)
            } catch {
                // NFS always replaces when it renames; but it knows hard links.
                if error.code != ErrorCode.invalid { throw error }
                try directory.link(file, as: target)
                try directory.remove(name)
            }
        case (nil, true):
            // Only a name can be moved over another.
            let fresh = try Self.freshName()
            try directory.link(file, as: fresh)
            name = fresh
            try directory.rename(fresh, to: target, replacing: true)
        case (nil, false):
            try directory.link(file, as: target)
        }
        name = nil
    }

    /// Takes the draft's own name away, if it has one.
    mutating func discard(in directory: borrowing Directory) {
        guard let left = name.take() else { return }
        do throws(SystemError) { try directory.remove(left) } catch {
            // Why the draft is given up is on its way to the caller; that matters more.
        }
    }

    /// 128 random bits: nobody in the directory can be there first.
    private static func freshName() throws(SystemError) -> EntryName {
        let digits = Hex.encode(try Entropy.bytes(16))
        guard let name = EntryName(".sandboa-\(digits).new") else {
            preconditionFailure("hexadecimal digits make a name")
        }
        return name
    }
}
