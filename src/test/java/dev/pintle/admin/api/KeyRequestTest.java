package dev.pintle.admin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.config.InvalidSpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request for an API key is checked completely, and no error repeats a secret. */
class KeyRequestTest {
    private static final String SHA_256 = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | must be a JSON object",
                "{\"colour\": 1} | is not a known key",
                "{\"name\": 5} | must be a string",
                "{\"name\": \"\\u0000\"} | must be a string without NUL",
                "{\"expires\": \"tomorrow\"} | must be a time such as",
                "{\"sha256\": \"hunter2\"} | must be 64 lowercase hexadecimal digits",
                "{\"plain\": \"hunter2\"} | must have 16 to 500 characters",
            })
    void anInvalidRequestIsRefusedWithoutQuotingIt(String json, String sentence) {
        assertThat(refusal(json)).contains(sentence).doesNotContain("hunter2");
    }

    @Test
    void theBoundsAreIncluded() throws Exception {
        assertThat(read("{\"plain\": \"" + "k".repeat(16) + "\"}").plain()).hasSize(16);
        assertThat(read("{\"plain\": \"" + "k".repeat(500) + "\"}").plain()).hasSize(500);
        assertThat(read("{\"name\": \"" + "n".repeat(100) + "\"}").name()).hasSize(100);
        assertThat(refusal("{\"plain\": \"" + "k".repeat(501) + "\"}")).contains("500");
        assertThat(refusal("{\"name\": \"" + "n".repeat(101) + "\"}")).contains("at most 100 characters");
    }

    @Test
    void aKeyIsGivenByItsTextOrByItsHash() throws Exception {
        assertThat(read("{\"sha256\": \"" + SHA_256 + "\"}").sha256()).isEqualTo(SHA_256);
        assertThat(refusal("{\"sha256\": \"" + SHA_256 + "\", \"plain\": \"" + "k".repeat(20) + "\"}"))
                .contains("cannot be combined with plain");
    }

    private static KeyRequest read(String json) throws Exception {
        return KeyRequest.read(new ObjectMapper().readTree(json));
    }

    private static String refusal(String json) {
        return catchThrowableOfType(InvalidSpecException.class, () -> read(json))
                .violations()
                .toString();
    }
}
