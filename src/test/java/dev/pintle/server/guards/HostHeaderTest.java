package dev.pintle.server.guards;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of Host and :authority (RFC 3986 section 3.2), without user information. */
class HostHeaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "h",
                "h:",
                "h:8080",
                "h:080",
                "example.com.",
                "a_b",
                "a%41b",
                "192.0.2.1",
                "[::1]",
                "[::1]:",
                "[2001:db8::192.0.2.1]:443",
                "a,b;c=d"
            })
    void aHostWithAnOptionalPortIsValid(String value) {
        assertThat(HostHeader.isValid(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "h:0",
                "h:65536",
                "h:1234567890",
                "h:-1",
                "h:1:2",
                ":h",
                ":80",
                ":",
                "u@h",
                "h/",
                "h?",
                "h#",
                "h h",
                "h\\",
                "h\"",
                "<h>",
                "h%4",
                "h%zz",
                "h\u00e9",
                "[]",
                "[::1",
                "[::1]x",
                "[1.2.3.4]",
                "[::1%25lo]",
                "::1",
                "[fe80::1]]"
            })
    void otherTextIsInvalid(String value) {
        assertThat(HostHeader.isValid(value)).isFalse();
    }
}
