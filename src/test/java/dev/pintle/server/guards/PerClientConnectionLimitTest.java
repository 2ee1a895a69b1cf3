package dev.pintle.server.guards;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bound on the wire is in {@code ConnectionBoundsTest}; loopback has one IPv6 address only. */
class PerClientConnectionLimitTest {
    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "2001:db8:0:1::7, 2001:db8:0:1::",
        "2001:db8:0:1:ffff:ffff:ffff:ffff, 2001:db8:0:1::",
        "2001:db8:0:2::7, 2001:db8:0:2::",
    })
    void aClientIsAnAddressOrItsNetwork(String address, String network) throws Exception {
        assertThat(PerClientConnectionLimit.network(InetAddress.ofLiteral(address)))
                .isEqualTo(InetAddress.ofLiteral(network));
    }
}
