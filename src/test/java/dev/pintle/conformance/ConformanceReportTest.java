package dev.pintle.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gateway follows the HTTP/1.1 RFCs when clients and upstreams do not. */
class ConformanceReportTest {
    private static ConformanceHarness harness;

    @BeforeAll
    static void open() {
        harness = new ConformanceHarness();
    }

    @AfterAll
    static void close() {
        harness.close();
    }

    static Stream<ConformanceCase> cases() {
        return CaseGroup.allCases().filter(trial -> KnownFailures.reason(trial).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void passes(ConformanceCase trial) {
        assertThat(harness.faults(trial)).isEmpty();
    }

    /** Removes a case from the known failures when it passes. */
    @Test
    void knownFailuresFail() {
        assertThat(CaseGroup.allCases()
                        .filter(trial -> KnownFailures.reason(trial).isPresent()))
                .allSatisfy(trial -> assertThat(harness.faults(trial)).isNotEmpty());
    }

    @Test
    void caseNamesAreUnique() {
        assertThat(CaseGroup.allCases().map(ConformanceCase::toString)).doesNotHaveDuplicates();
    }
}
