package dev.pintle.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HttpTokenTest {
    @Test
    void theExpressionAcceptsTheSameCharacters() {
        Pattern token = Pattern.compile(HttpToken.REGEX);
        for (char c = 0; c < 0x200; c++) {
            String text = String.valueOf(c);
            assertThat(HttpToken.matches(text))
                    .as("U+%04X", (int) c)
                    .isEqualTo(HttpToken.isTokenCharacter(c))
                    .isEqualTo(token.matcher(text).matches());
        }
    }

    @Test
    void aTokenHasAtLeastOneCharacterAndNoOthers() {
        assertThat(HttpToken.matches("X-Trace_ID")).isTrue();
        assertThat(HttpToken.matches("")).isFalse();
        assertThat(HttpToken.matches("X Trace")).isFalse();
        assertThat(HttpToken.matches("X-Tracé")).isFalse();
    }
}
