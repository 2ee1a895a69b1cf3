package dev.pintle.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeaderNameSetTest {
    private static final HeaderNameSet NAMES = HeaderNameSet.of("te", "via", "Age", "x-trace-id");

    @Test
    void namesCompareWithoutCase() {
        assertThat(NAMES.contains("TE")).isTrue();
        assertThat(NAMES.contains("age")).isTrue();
        assertThat(NAMES.contains("X-Trace-ID")).isTrue();
    }

    @Test
    void otherNamesAreNoMembers() {
        assertThat(NAMES.contains("tf")).isFalse();
        assertThat(NAMES.contains("x_trace_id")).isFalse();
        assertThat(NAMES.contains("")).isFalse();
        assertThat(NAMES.contains("a-name-longer-than-all")).isFalse();
    }

    @Test
    void anEmptySetHasNoMembers() {
        assertThat(HeaderNameSet.of().contains("")).isFalse();
        assertThat(HeaderNameSet.of().contains("te")).isFalse();
    }
}
