package dev.pintle.upstream.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressPolicyTest {
    private static final int PORT = 80;
    private static final int OWN_PORT = 8081;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "::1",
                "10.1.2.3",
                "192.168.0.1",
                "172.16.0.1",
                "fd00::1",
                "93.184.216.34",
                "2606::1"
            })
    void upstreamsMayLiveInAnyNetworkThatHasHosts(String address) {
        assertThat(closed(new EgressPolicy(List.of()), address, PORT)).isEqualTo("open");
    }

    @ParameterizedTest
    @CsvSource({
        "169.254.169.254, a cloud's metadata service",
        "169.254.170.2, a cloud's metadata service",
        "fd00:ec2::254, a cloud's metadata service",
        "100.100.100.200, a cloud's metadata service",
        "168.63.129.16, a cloud's metadata service",
        "169.254.0.1, link-local",
        "fe80::1, link-local",
        "febf::1, link-local",
        "0.0.0.0, unspecified",
        "0.1.2.3, unspecified",
        "::, unspecified",
        "224.0.0.1, multicast",
        "239.255.255.255, multicast",
        "ff02::1, multicast",
        "255.255.255.255, broadcast"
    })
    void addressesThatNoUpstreamHasAreClosed(String address, String because) {
        assertThat(closed(new EgressPolicy(List.of()), address, PORT)).isEqualTo(because);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::ffff:169.254.1.1",
                "::169.254.1.1",
                "::ffff:0:169.254.1.1",
                "2002:a9fe:101::1",
                "64:ff9b::169.254.1.1",
                "64:ff9b:1::169.254.1.1",
                "64:ff9b:1:a9fe:1:100::",
                "2001:0:a9fe:101::1",
                "2001:0:5db8:d822:0:0:5601:fefe",
                "2001:db8::5efe:169.254.1.1",
                "2001:db8::200:5efe:169.254.1.1"
            })
    void aClosedAddressInOtherClothesIsClosed(String address) {
        assertThat(closed(new EgressPolicy(List.of()), address, PORT)).isEqualTo("link-local");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "64:ff9b::127.0.0.1"})
    void theGatewaysOwnPortsAreClosedOnAllItsAddresses(String address) {
        EgressPolicy destinations = new EgressPolicy(List.of());
        assertThat(closed(destinations, address, OWN_PORT)).isEqualTo("open");
        destinations.ownPorts(Set.of(OWN_PORT));
        assertThat(closed(destinations, address, OWN_PORT)).isEqualTo("the gateway itself");
        assertThat(closed(destinations, address, PORT)).isEqualTo("open");
        assertThat(closed(destinations, "192.0.2.1", OWN_PORT)).isEqualTo("open");
    }

    @Test
    void theAddressesOfTheMachinesInterfacesAreItsOwn() throws Exception {
        EgressPolicy destinations = new EgressPolicy(List.of());
        destinations.ownPorts(Set.of(OWN_PORT));
        List<InetAddress> own = java.net.NetworkInterface.networkInterfaces()
                .flatMap(java.net.NetworkInterface::inetAddresses)
                .filter(address -> !address.isLinkLocalAddress())
                .toList();
        assertThat(own)
                .isNotEmpty()
                .allSatisfy(address -> assertThat(destinations.closedBecause(address, OWN_PORT))
                        .contains("the gateway itself"));
    }

    @ParameterizedTest
    @CsvSource({
        "169.254.169.254, 169.254.169.254, 80, open",
        "169.254.0.0/16, 169.254.169.254, 80, open",
        "169.254.169.254, 169.254.1.1, 80, link-local",
        "169.254.169.254:80, 169.254.169.254, 80, open",
        "169.254.169.254:80, 169.254.169.254, 81, a cloud's metadata service",
        "169.254.169.254, 64:ff9b::169.254.169.254, 80, open",
        "64:ff9b::/96, 64:ff9b::169.254.169.254, 80, open",
        "fe80::/10, fe80::1, 80, open",
        "[fe80::/10]:80, fe80::1, 80, open",
        "[fe80::/10]:80, fe80::1, 81, link-local",
        "127.0.0.1:8081, 127.0.0.1, 8081, open",
        "127.0.0.1:8081, 127.0.0.2, 8081, the gateway itself",
        "[::1]:8081, ::1, 8081, open",
    })
    void theOperatorMayOpenWhatIsClosed(String allowed, String address, int port, String closed) {
        EgressPolicy destinations = new EgressPolicy(List.of(allowed));
        destinations.ownPorts(Set.of(OWN_PORT));
        assertThat(closed(destinations, address, port)).isEqualTo(closed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", "10.0.0.0/33", "10.0.0.1:0", "10.0.0.1:65536", "[::1]", "[::1]:x", "10.0.0.1:"})
    void whatIsNoBlockIsRefusedWithItsKey(String entry) {
        assertThatThrownBy(() -> new EgressPolicy(List.of(entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("upstreamAllow: ")
                .hasMessageContaining('"' + entry + '"');
    }

    private static String closed(EgressPolicy destinations, String address, int port) {
        return destinations.closedBecause(InetAddress.ofLiteral(address), port).orElse("open");
    }
}
