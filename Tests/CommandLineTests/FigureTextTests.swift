// Figures as people read them.

import Testing

@testable import sandboa

@Suite struct FigureTextTests {
    @Test(arguments: [
        (0.0, "0 us"), (0.4444, "0.444 us"), (1.5, "1.5 us"), (101.4, "101 us"), (999.4, "999 us"),
        (999.6, "1 ms"), (1041.0, "1.04 ms"), (15_349.0, "15.3 ms"), (151_000.0, "151 ms"),
        (2_500_000.0, "2.5 s"), (-1_990.0, "-1.99 ms"), (-12.34, "-12.3 us"),
    ])
    func `a time has the unit that fits and three digits`(microseconds: Double, text: String) {
        #expect(FigureText.time(microseconds) == text)
    }

    @Test func `a small ratio to something large is a fraction of one`() {
        #expect(FigureText.ratio(1.0 / 60, asFraction: true) == "1/60")
        #expect(FigureText.ratio(1.0 / 8.37, asFraction: true) == "1/8.37")
        #expect(FigureText.ratio(0.75, asFraction: true) == "0.75")
        #expect(FigureText.ratio(0.15, asFraction: false) == "0.15")
        #expect(FigureText.ratio(1.117, asFraction: false) == "1.12")
        #expect(FigureText.ratio(0, asFraction: true) == "0")
    }

    @Test func `rounding carries into the next digit`() {
        #expect(FigureText.significant(0.9996) == "1")
        #expect(FigureText.significant(9.996) == "10")
        #expect(FigureText.significant(1.005) == "1" || FigureText.significant(1.005) == "1.01")
        #expect(FigureText.significant(1.05) == "1.05")
        #expect(FigureText.significant(.infinity) == "?")
    }
}
