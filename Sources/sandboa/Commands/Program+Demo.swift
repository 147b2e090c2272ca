extension Program {
    func demo() throws -> ExitCode { .failed }
}
