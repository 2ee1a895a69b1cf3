package dev.pintle.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Client data cannot forge a line of the application log, control a terminal, or fill a disk. */
class EscapedTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nERROR forged",
                "a\r\nb",
                "\u001b[2J",
                "\u0000\u007f\u0085",
                "\u202egpj.exe",
                "\u2028",
                "\ud800"
            })
    void aLineIsEscapedToPrintableCharacters(String text) {
        assertThat(EscapedText.line("Bad Authority: [" + text + "]"))
                .matches("[ -~]+")
                .contains("\\u");
    }

    @Test
    void printableCharactersStay() {
        assertThat(EscapedText.line("Gr\u00fc\u00dfe \u2026")).isEqualTo("Gr\u00fc\u00dfe \u2026");
        assertThat(EscapedText.lines("a\n\tat b\r")).isEqualTo("a\n\tat b\\u000d");
    }

    @Test
    void longTextIsTruncated() {
        assertThat(EscapedText.line("x".repeat(100_000))).hasSize(4_097).endsWith("\u2026");
        assertThat(EscapedText.line("\n".repeat(100_000))).hasSizeLessThan(4_110);
        assertThat(EscapedText.lines("x\n".repeat(100_000))).hasSizeLessThan((16 << 10) + 10);
    }
}
