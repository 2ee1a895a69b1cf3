package dev.pintle.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientNetworkTest {
    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::ffff:203.0.113.7, 203.0.113.7",
        "2001:db8:0:1:2:3:4:5, 2001:db8:0:1::/64",
        "2001:DB8:0:1::9, 2001:db8:0:1::/64",
        "2001:db8:0:1:ffff:ffff:ffff:ffff, 2001:db8:0:1::/64",
        "2001:db8:0:2::7, 2001:db8:0:2::/64",
        "::1, 0:0:0:0::/64",
        "fe80::1%eth0, fe80:0:0:0::/64"
    })
    void aClientIsAnIpv4AddressOrAnIpv6Prefix(String address, String network) throws Exception {
        assertThat(ClientNetwork.of(address)).hasToString(network);
        assertThat(ClientNetwork.parse(address)).hasToString(network);
        assertThat(ClientNetwork.of(InetAddress.getByName(address.replaceAll("%.*", ""))))
                .hasToString(network);
    }

    @Test
    void anIpv4AddressHasOneForm() {
        assertThat(ClientNetwork.parse("203.0.113.007")).isEqualTo(ClientNetwork.parse("203.0.113.7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "7",
                "1.2",
                "1.2.3",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "1.1.1.1000",
                "cafe",
                "a:b",
                "::x",
                "1.2.3.a",
                "-1.2.3.4"
            })
    void anotherTextIsNoNetwork(String text) {
        assertThat(ClientNetwork.parse(text)).isNull();
    }

    @Test
    void aPeerWithoutAnIpAddressStandsForItself() {
        assertThat(ClientNetwork.of("socket")).hasToString("socket").isEqualTo(ClientNetwork.of("socket"));
    }
}
