package dev.pintle.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Percent-encodings of bytes, in both directions. */
class ByteTextTest {
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "plain,plain",
                "a+b,a b",
                "a%20b,a b",
                "%2b%2B,++",
                "%,%",
                "%2,%2",
                "a%,a%",
                "%zz,%zz",
                "%2z,%2z",
                "%z2,%z2",
                "%%41,%A",
            })
    void aMalformedEncodingOfAFormRemainsAsItIs(String text, String decoded) {
        assertThat(ByteText.formDecoded(text)).isEqualTo(decoded);
    }

    @Test
    void everyByteThatIsNotUnreservedIsEncoded() {
        assertThat(ByteText.percentEncoded("azAZ09-._~")).isEqualTo("azAZ09-._~");
        assertThat(ByteText.percentEncoded("`{@[/: %" + ByteText.of("ü"))).isEqualTo("%60%7B%40%5B%2F%3A%20%25%C3%BC");
    }

    @Test
    void aUrlKeepsItsDelimitersAndEncodings() {
        assertThat(ByteText.uriSafe("/a?b=%41&c#[d]")).isEqualTo("/a?b=%41&c#[d]");
        assertThat(ByteText.uriSafe("/a b\"<>^`{|}" + ByteText.of("ü")))
                .isEqualTo("/a%20b%22%3C%3E%5E%60%7B%7C%7D%C3%BC");
    }
}
