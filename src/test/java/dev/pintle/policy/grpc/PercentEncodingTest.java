package dev.pintle.policy.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A {@code grpc-message} is printable ASCII. */
class PercentEncodingTest {
    @Test
    void onlyPrintableAsciiPasses() {
        assertThat(PercentEncoding.of(" az~!")).isEqualTo(" az~!");
        assertThat(PercentEncoding.of("100%\n\u001f\u007f")).isEqualTo("100%25%0A%1F%7F");
        assertThat(PercentEncoding.of("\u00fc")).isEqualTo("%C3%BC");
    }
}
