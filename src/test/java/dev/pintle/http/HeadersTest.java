package dev.pintle.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadersTest {
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
}
