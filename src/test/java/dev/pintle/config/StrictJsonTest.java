package dev.pintle.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictJsonTest {
    @Test
    void oneValueIsRead() throws Exception {
        assertThat(read(" {\"a\": [1, null]}\n").toString()).isEqualTo("{\"a\":[1,null]}");
        assertThat(read("null").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ``                    | line 1, column 1: there is nothing to read
                    {"a":                 | line 1, column
                    {"a": 1, "a": 1}      | line 1, column 13: Duplicate field 'a'
                    {"b": {"a": 1, "a": 1}} | Duplicate field 'a'
                    {} x                  | line 1, column
                    {} {}                 | line 1, column
                    {"a": 1,}             | line 1, column 9
                    // {}                 | line 1, column
                    nul                   | line 1, column
                    """)
    void anythingElseIsRefusedWithThePlace(String text, String hint) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageStartingWith("not JSON at ")
                .hasMessageContaining(hint);
    }

    @Test
    void theSameKeyInDifferentObjectsIsFine() throws Exception {
        assertThat(read("{\"a\": {\"a\": 1}, \"b\": {\"a\": 1}}").size()).isEqualTo(2);
    }

    @Test
    void nestingHasABound() throws Exception {
        assertThat(read("[".repeat(32) + "]".repeat(32)).isArray()).isTrue();
        assertThatThrownBy(() -> read("[".repeat(33) + "]".repeat(33))).isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> read("[".repeat(1_000_000))).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void messagesAreShortAndShowNothingOfTheContent() {
        assertThatThrownBy(() -> read("{\"password\": \"hunter2\" ]"))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> read("x".repeat(1_000_000)))
                .satisfies(fault -> assertThat(fault.getMessage()).hasSizeLessThan(500));
    }

    @Test
    void aStreamThatBreaksIsNoMalformedJson() {
        InputStream broken = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] octets, int offset, int length) throws IOException {
                throw new IOException("the line is cut");
            }
        };

        assertThatThrownBy(() -> StrictJson.read(broken))
                .isInstanceOf(IOException.class)
                .hasMessage("the line is cut");
    }

    private static JsonNode read(String text) throws MalformedJsonException, IOException {
        return StrictJson.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
