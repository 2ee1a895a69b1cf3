package dev.pintle.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostSyntaxTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "api.example.com",
                "API.Example.COM",
                "*.example.org",
                "10.0.0.1",
                "[::1]",
                "my_service",
                "a-b.c"
            })
    void namesWildcardsAndAddressesAreValid(String host) {
        assertThat(HostSyntax.fault(host)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "*.",
                "api.*",
                "*.*.com",
                "a..b",
                ".a",
                "a.",
                "-a",
                "a-",
                "http://a",
                "a:80",
                "a/b",
                "[a",
                "ä.com",
                "a b"
            })
    void otherTextIsInvalid(String host) {
        assertThat(HostSyntax.fault(host))
                .hasValueSatisfying(fault -> assertThat(fault).contains('"' + host + '"'));
    }

    @Test
    void aLabelHasAtMost63CharactersAndAHost255() {
        assertThat(HostSyntax.fault("x".repeat(63) + ".com")).isEmpty();
        assertThat(HostSyntax.fault("x".repeat(64) + ".com")).isPresent();
        assertThat(HostSyntax.fault("x.".repeat(130) + "com")).isPresent();
    }
}
