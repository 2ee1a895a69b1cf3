package dev.pintle.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gateway speaks HTTP/1.1 as the RFCs have it, between clients and upstreams that do not. */
class ConformanceReportTest {
    private static ConformanceHarness laboratory;

    @BeforeAll
    static void open() {
        laboratory = new ConformanceHarness();
    }

    @AfterAll
    static void close() {
        laboratory.close();
    }

    static Stream<ConformanceCase> cases() {
        return CaseGroup.everyCase().filter(trial -> KnownFailures.reason(trial).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void holds(ConformanceCase trial) {
        assertThat(laboratory.faults(trial)).isEmpty();
    }

    /** A case that has begun to pass is not to be called known any longer. */
    @Test
    void whatIsKnownToFailFails() {
        assertThat(CaseGroup.everyCase()
                        .filter(trial -> KnownFailures.reason(trial).isPresent()))
                .allSatisfy(trial -> assertThat(laboratory.faults(trial)).isNotEmpty());
    }

    @Test
    void noTwoCasesHaveTheSameName() {
        assertThat(CaseGroup.everyCase().map(ConformanceCase::toString)).doesNotHaveDuplicates();
    }
}
