import Testing

@testable import Jail

/// What the filters say about files, memory and sockets: one sentence, one ruling.
@Suite struct SyscallResourceTests {
    let probes: [String: SyscallProbe]

    init() throws {
        var probes: [String: SyscallProbe] = [:]
        for variant in TableFile.variants { probes[variant] = try SyscallProbe(variant) }
        self.probes = probes
    }

    private func probe(_ variant: String) throws -> SyscallProbe { try #require(probes[variant]) }

    /// Which argument is the mode, and which arguments come before it when a file is made.
    static let modeCalls: [(name: String, before: [UInt64])] = [
        ("chmod", [0]), ("fchmod", [0]), ("fchmodat", [0, 0]), ("creat", [0]), ("mkdir", [0]),
        ("mkdirat", [0, 0]), ("mknod", [0]), ("mknodat", [0, 0]), ("open", [0, 0o101]),
        ("openat", [0, 0, 0o101]), ("open", [0, 0o2020_0002]), ("openat", [0, 0, 0o2020_0002]),
    ]

    @Test(arguments: [0o4755, 0o2755, 0o6000, 0o4000, 0o2000, 0o7777] as [UInt64])
    func `no call makes a set-user-id or set-group-id file`(mode: UInt64) throws {
        for probe in probes.values {
            for (name, before) in Self.modeCalls {
                try probe.expect(name, before + [mode], .eperm)
                try probe.expect(name, before + [mode | 1 << 40], .eperm)
                try probe.expect(name, before + [mode & ~0o6000], .allow)
            }
            try probe.expect("mknod", [0, 0o100000 | mode], .eperm)
            try probe.expect("mknodat", [0, 0, 0o010000 | mode], .eperm)
        }
    }

    @Test func `an ordinary and a sticky mode are fine`() throws {
        for probe in probes.values {
            for mode: UInt64 in [0, 0o600, 0o644, 0o755, 0o1777] {
                for (name, before) in Self.modeCalls {
                    try probe.expect(name, before + [mode], .allow)
                }
            }
        }
    }

    @Test func `a mode that the kernel ignores is ignored`() throws {
        for probe in probes.values {
            // Without O_CREAT the register may hold anything.
            try probe.expect("open", [0, 0o2000000, .max], .allow)
            try probe.expect("openat", [0, 0, 0, 0o6755], .allow)
        }
    }

    @Test func `nodes are regular files and fifos only`() throws {
        for probe in probes.values {
            for kind: UInt64 in [0, 0o100000, 0o010000] {
                try probe.expect("mknod", [0, kind | 0o644], .allow)
                try probe.expect("mknodat", [0, 0, kind | 0o644], .allow)
            }
            // Character and block devices, sockets.
            for kind: UInt64 in [0o020000, 0o060000, 0o140000] {
                try probe.expect("mknod", [0, kind | 0o644], .eperm)
                try probe.expect("mknodat", [0, 0, kind | 0o644], .eperm)
            }
        }
    }

    @Test func `file handles and owners are refused, attributes are not supported`() throws {
        for probe in probes.values {
            try probe.expect(
                ["name_to_handle_at", "open_by_handle_at", "chown", "fchownat"], .eperm)
            try probe.expect(["setxattr", "getxattr", "flistxattr"], .refuse(.ENOTSUP))
        }
    }

    @Test func `nothing can be typed into a terminal`() throws {
        for probe in probes.values {
            for request: UInt64 in [0x5401, 0x5413, 0x541b, 0x5421, 0x5450, 0x5451] {
                try probe.expect("ioctl", [0, request], .allow)
                try probe.expect("ioctl", [0, request | 1 << 32], .allow)
            }
            // TIOCSTI, TIOCLINUX, TIOCSCTTY, SIOCGIFHWADDR, FICLONE, and TIOCSTI with a high bit.
            for request: UInt64 in [0x5412, 0x541c, 0x540e, 0x8927, 0x4004_9409, 0x1_0000_5412] {
                try probe.expect("ioctl", [0, request], .refuse(.ENOTTY))
            }
        }
    }

    @Test func `locks and flags of descriptors work, signals and leases do not`() throws {
        for probe in probes.values {
            for command: UInt64 in [0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032] {
                try probe.expect("fcntl", [0, command], .allow)
            }
            // SETOWN, SETSIG, SETOWN_EX, SETLEASE, NOTIFY, SETPIPE_SZ, ADD_SEALS.
            for command: UInt64 in [8, 10, 15, 1024, 1026, 1031, 1033] {
                try probe.expect("fcntl", [0, command], .eperm)
            }
        }
    }

    @Test func `memory is never writable and executable, nor executable without a file`() throws {
        for probe in probes.values {
            try probe.expect("mmap", [0, 4096, 3, 0x22], .allow)
            try probe.expect("mmap", [0, 4096, 5, 0x2], .allow)
            try probe.expect("mmap", [0, 4096, 7, 0x2], .eperm)
            try probe.expect("mmap", [0, 4096, 5, 0x22], .eperm)
            try probe.expect("mprotect", [0, 4096, 3], .allow)
            try probe.expect("mprotect", [0, 4096, 5], .eperm)
            try probe.expect("mprotect", [0, 4096, 7], .eperm)
        }
    }

    @Test func `there is no internet, and no exotic socket family`() throws {
        for variant in ["compute", "interpreter"] {
            let probe = try probe(variant)
            // AF_INET and AF_INET6, streams and datagrams.
            for (family, type) in [(2, 1), (2, 2), (10, 1), (10, 2)] as [(UInt64, UInt64)] {
                try probe.expect("socket", [family, type], .eperm)
            }
        }
        for probe in probes.values {
            // NETLINK, PACKET, RXRPC, ALG, VSOCK, QIPCRTR, XDP.
            for family: UInt64 in [16, 17, 33, 38, 40, 42, 44] {
                try probe.expect("socket", [family, 1], .refuse(.EAFNOSUPPORT))
                try probe.expect("socketpair", [family, 1], .eperm)
            }
        }
    }

    @Test func `compute has socket pairs, interpreter has Unix stream sockets as well`() throws {
        let (compute, interpreter) = (try probe("compute"), try probe("interpreter"))
        for probe in [compute, interpreter] {
            // SOCK_STREAM, with SOCK_CLOEXEC; never SOCK_DGRAM, nothing else either.
            for type: UInt64 in [1, 0x80001] {
                try probe.expect("socketpair", [1, type], .allow)
            }
            for type: UInt64 in [2, 3, 5, 0x80002, 0x80005] {
                try probe.expect("socketpair", [1, type], .eperm)
            }
        }
        try compute.expect("socket", [1, 1], .refuse(.EAFNOSUPPORT))
        try interpreter.expect("socket", [1, 0x80001], .allow)
        try interpreter.expect("socket", [1, 2], .refuse(.EAFNOSUPPORT))
        let serving = ["bind", "listen", "accept", "accept4", "connect"]
        try compute.expect(serving, .eperm)
        try interpreter.expect(serving, .allow)
    }

    @Test func `nothing is sent to an address`() throws {
        for probe in probes.values {
            try probe.expect("sendto", [0, 0, 0, 0, 0], .allow)
            try probe.expect("sendto", [0, 0, 0, 0, 0x1000], .eperm)
            // An address above 4 GiB whose low half is zero is an address too.
            try probe.expect("sendto", [0, 0, 0, 0, 0x7f00_0000_0000], .eperm)
        }
    }

    @Test func `socket options can't load a program into the kernel`() throws {
        for probe in probes.values {
            for option: UInt64 in [2, 7, 8, 9, 13, 16, 20, 21, 66, 67] {
                try probe.expect("setsockopt", [0, 1, option], .allow)
                try probe.expect("setsockopt", [0, 41, option], .refuse(.ENOPROTOOPT))
            }
            // ATTACH_FILTER, ATTACH_BPF, ATTACH_REUSEPORT_CBPF, _EBPF, PRIORITY, MARK.
            for option: UInt64 in [26, 50, 51, 52, 12, 36] {
                try probe.expect("setsockopt", [0, 1, option], .refuse(.ENOPROTOOPT))
            }
        }
    }

    @Test func `install has TCP and nothing that evades Landlock's port rule`() throws {
        let probe = try probe("install")
        for family: UInt64 in [2, 10] {
            try probe.expect("socket", [family, 1, 0], .allow)
            try probe.expect("socket", [family, 0x80801, 6], .allow)
            // UDP, raw, then streams over MPTCP, SCTP, SMC.
            try probe.expect("socket", [family, 2, 0], .eperm)
            try probe.expect("socket", [family, 3, 0], .eperm)
            for kind: UInt64 in [262, 132, 256] {
                try probe.expect("socket", [family, 1, kind], .eperm)
            }
        }
        // MSG_FASTOPEN connects on its own.
        try probe.expect("sendmsg", [0, 0, 0], .allow)
        try probe.expect("sendmsg", [0, 0, 0x2000_0000], .eperm)
        try probe.expect("sendmmsg", [0, 0, 1, 0x2000_0000], .eperm)
        // What urllib3 asks of every connection: IPPROTO_TCP, TCP_NODELAY.
        try probe.expect("setsockopt", [0, 6, 1], .allow)
    }
}
