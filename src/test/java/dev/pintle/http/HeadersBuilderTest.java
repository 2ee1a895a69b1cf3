package dev.pintle.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersBuilderTest {
    @Test
    void headersAreEqualWhateverTheirBuilderExpected() {
        Headers few = Headers.builder(0).add("A", "1").add("B", "2").build();
        assertThat(few)
                .isEqualTo(Headers.builder(9).add("A", "1").add("B", "2").build())
                .isEqualTo(Headers.of("A", "1", "B", "2"))
                .hasSameHashCodeAs(Headers.of("A", "1", "B", "2"))
                .hasToString("[A, 1, B, 2]")
                .isNotEqualTo(Headers.of("A", "1"));
        assertThat(few.name(1)).isEqualTo("B");
        assertThat(few.value(1)).isEqualTo("2");
    }

    @Test
    void aBuilderThatGoesOnDoesNotChangeWhatItBuilt() {
        Headers.Builder builder = Headers.builder().add("A", "1");
        Headers built = builder.build();
        assertThat(builder.add("B", "2").build()).isEqualTo(Headers.of("B", "2"));
        assertThat(built).isEqualTo(Headers.of("A", "1"));
        assertThat(builder.build()).isEqualTo(Headers.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "a, Close", "a,\tCLOSE \t,b", "close,", ",,close"})
    void aTokenIsFoundInAList(String value) {
        assertThat(Headers.of("A", "x", "Connection", value).hasToken("connection", "close"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "closed", "clos", "xclose", "close d", "a close", "\"close\"", ", ,"})
    void aPartOfAnotherTokenIsNotFound(String value) {
        assertThat(Headers.of("Connection", value, "A", "close").hasToken("connection", "close"))
                .isFalse();
    }
}
