// What an operator should know although no call failed.

import Kernel

/// Lines on standard error, for whoever keeps the server's log.
enum Notice {
    static func say(_ text: String) {
        do throws(SystemError) {
            let errors = try Files.duplicate(2)
            try errors.write(Array("sandboa: \(text)\n".utf8))
        } catch { return }
    }
}
