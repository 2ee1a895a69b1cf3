package dev.pintle.upstream.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The IPv4 addresses that translators and tunnels reach through an IPv6 address. */
class EmbeddedIpv4AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, ''",
        "::1, ''",
        "::, ''",
        "::10.0.0.1, 10.0.0.1",
        "::ffff:0:10.0.0.1, 10.0.0.1",
        "2002:a00:1::, 10.0.0.1",
        "64:ff9b::10.0.0.1, 10.0.0.1",
        "64:ff9b:1::10.0.0.1, 10.0.0.1",
        "2001:db8::5efe:10.0.0.1, 10.0.0.1",
        "2001:db8::200:5efe:10.0.0.1, 10.0.0.1",
        "2001:db8::100:5efe:10.0.0.1, ''",
        "2001:db8::1:5efe:10.0.0.1, ''",
        "2001:db8::5eff:10.0.0.1, ''",
        "2001:db8::6efe:10.0.0.1, ''",
    })
    void everyTranslationIsRead(String address, String embedded) {
        assertThat(EmbeddedIpv4Addresses.of(InetAddress.ofLiteral(address)).stream()
                        .skip(1)
                        .map(InetAddress::getHostAddress)
                        .collect(Collectors.joining(",")))
                .isEqualTo(embedded);
    }
}
