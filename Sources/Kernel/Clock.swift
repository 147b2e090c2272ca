// Time and entropy.

internal import CKernel

/// A point on the monotonic clock.
package struct Moment: Hashable, Comparable, Sendable {
    package let nanoseconds: Int64

    package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    package static var now: Moment { Moment(nanoseconds: sbx_monotonic_ns()) }

    package static func < (left: Moment, right: Moment) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The moment so many nanoseconds later; stops at the end of the clock.
    package func advanced(byNanoseconds amount: Int64) -> Moment {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(amount)
        return Moment(nanoseconds: overflow ? .max : sum)
    }

    package func advanced(byMilliseconds amount: Int64) -> Moment {
        let (product, overflow) = amount.multipliedReportingOverflow(by: 1_000_000)
        return advanced(byNanoseconds: overflow ? .max : product)
    }

    package func nanoseconds(since earlier: Moment) -> Int64 {
        nanoseconds - earlier.nanoseconds
    }
}

package enum WallClock {
    /// Nanoseconds since 1970-01-01 UTC.
    package static var nanoseconds: Int64 { sbx_realtime_ns() }
}

package enum Entropy {
    /// Fresh random bytes from the kernel (at most 256 a call).
    package static func bytes(_ count: Int) throws(SystemError) -> [UInt8] {
        precondition(count <= 256, "getrandom gives at most 256 bytes without interruption")
        var bytes = [UInt8](repeating: 0, count: count)
        // SAFETY: the shim writes exactly `count` bytes.
        try check(unsafe sbx_random(&bytes, count), "getrandom")
        return bytes
    }
}
