package dev.pintle.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    @Test
    void oneValueIsParsed() throws Exception {
        assertThat(read(" {\"a\": [1, null]}\n").toString()).isEqualTo("{\"a\":[1,null]}");
        assertThat(read("null").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ``                    | line 1, column 1: the text is empty
                    {"a":                 | line 1, column
                    {"a": 1, "a": 1}      | line 1, column 13: the key "a" occurs twice
                    {"b": {"a": 1, "a": 1}} | the key "a" occurs twice
                    {} x                  | line 1, column
                    {} {}                 | line 1, column
                    {"a": 1,}             | line 1, column 9
                    // {}                 | line 1, column
                    nul                   | line 1, column
                    """)
    void otherTextIsRejectedWithItsPosition(String text, String hint) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageStartingWith("cannot be read as JSON at ")
                .hasMessageContaining(hint);
    }

    @Test
    void theSameKeyMayOccurInDifferentObjects() throws Exception {
        assertThat(read("{\"a\": {\"a\": 1}, \"b\": {\"a\": 1}}").size()).isEqualTo(2);
    }

    @Test
    void nestingIsLimited() throws Exception {
        assertThat(read("[".repeat(32) + "]".repeat(32)).isArray()).isTrue();
        for (String deep : List.of("[".repeat(33) + "]".repeat(33), "[".repeat(1_000_000), "{\"a\":".repeat(100))) {
            assertThat(limits(deep)).containsExactly(new Violation("", "must not be nested deeper than 32 levels"));
        }
    }

    @Test
    void theLengthOfNumbersAndKeysIsLimited() {
        for (String document : List.of("1".repeat(1_001), "{\"" + "k".repeat(60_000) + "\": 1}")) {
            assertThat(limits(document))
                    .containsExactly(new Violation("", "must not contain a number, a string or a key of this length"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{} {}",
                "{} x",
                "NaN",
                "[NaN]",
                "[+1]",
                "[01]",
                "[.5]",
                "[1.]",
                "{'a': 1}",
                "{a: 1}",
                "[1,]",
                "[\"\\x\"]",
                "[\"\u0000\"]",
                "/* */ 1",
                "# 1",
                "[tru]",
                "[1 2]",
                "{\"a\" 1}",
                "]",
                "{\"a\": 1",
                "\"abc",
                "-",
                "[\"\\ud800"
            })
    void messagesDescribeTheTextAndNotTheParser(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(MalformedJsonException.class)
                .satisfies(fault -> assertThat(fault.getMessage())
                        .doesNotContain("`", "com.", "Jackson", "jackson", "Json", "Feature", "Constraints", "Mapper"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"80", "7b ff 7d", "00 00 ff fe 00", "00 00 00 7b 7f ff ff ff", "c3 28", "5b f8 88 80 80 80 5d"})
    void bytesThatAreNotUtf8AreRejected(String hex) {
        byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
        assertThatThrownBy(() -> StrictJson.read(new ByteArrayInputStream(bytes)))
                .isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void messagesAreShortAndHideTheContent() {
        assertThatThrownBy(() -> read("{\"password\": \"hunter2\" ]"))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> read("x".repeat(1_000_000)))
                .satisfies(fault -> assertThat(fault.getMessage()).hasSizeLessThan(500));
    }

    @Test
    void aReadErrorIsNotReportedAsMalformedJson() {
        InputStream broken = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] octets, int offset, int length) throws IOException {
                throw new IOException("the connection is cut");
            }
        };

        assertThatThrownBy(() -> StrictJson.read(broken))
                .isInstanceOf(IOException.class)
                .hasMessage("the connection is cut");
    }

    private static List<Violation> limits(String text) {
        return catchThrowableOfType(InvalidSpecException.class, () -> read(text))
                .violations();
    }

    private static JsonNode read(String text) throws MalformedJsonException, InvalidSpecException, IOException {
        return StrictJson.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
