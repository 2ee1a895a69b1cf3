package dev.pintle.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The resolver of discovery is a host and a port. */
class DnsConfigurationTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "10.0.0.53:53", " [2001:db8::53]:53 ", "localhost:65535"})
    void aHostAndAPortAreAResolverAndABlankTextIsThatOfTheSystem(String resolver) {
        assertThatCode(() -> configuration(resolver).client()).doesNotThrowAnyException();
    }

    @Test
    void withoutAResolverThatOfTheSystemIsAsked() {
        assertThatCode(() -> new DnsConfiguration().client()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.53", "10.0.0.53:0", "10.0.0.53:65536", "[10.0.0.53", "nowhere.invalid:53", ":53"})
    void anythingElseIsRefusedWithTheRemedy(String resolver) {
        assertThatThrownBy(() -> configuration(resolver).client())
                .hasMessageContaining("dns.resolver is \"" + resolver + "\"; write the host and the port");
    }

    private static DnsConfiguration configuration(String resolver) {
        return MAPPER.convertValue(Map.of("resolver", resolver), DnsConfiguration.class);
    }
}
