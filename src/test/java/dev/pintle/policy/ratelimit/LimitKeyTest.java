package dev.pintle.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitKeyTest {
    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "::ffff:203.0.113.7, 203.0.113.7",
        "2001:db8:0:1:2:3:4:5, 2001:db8:0:1::/64",
        "2001:DB8:0:1::9, 2001:db8:0:1::/64",
        "::1, 0:0:0:0::/64",
        "fe80::1%eth0, fe80:0:0:0::/64"
    })
    void aClientIsAnIpv4AddressOrAnIpv6Network(String address, String bucket) {
        assertThat(LimitKey.parse("client").of(Requests.from(address))).isEqualTo(bucket);
        assertThat(LimitKey.parse("client").of(address)).isEqualTo(bucket);
    }

    @Test
    void allRequestsOfARouteShareItsBucket() {
        LimitKey route = LimitKey.parse("route");
        assertThat(route.of(Requests.from("203.0.113.7"))).isEqualTo(route.of(Requests.from("203.0.113.8")));
    }

    @Test
    void aHeaderCountsWhateverTheClientAndItsValueIsNotKept() {
        LimitKey key = LimitKey.parse("header:X-Api-Key");
        String bucket = key.of(Requests.from("203.0.113.7", "x-api-key", "secret"));
        assertThat(bucket)
                .isEqualTo(key.of(Requests.from("203.0.113.8", "X-Api-Key", "secret")))
                .isEqualTo(key.of("secret"))
                .isNotEqualTo(key.of("secret2"))
                .doesNotContain("secret")
                .hasSize(32);
    }

    @Test
    void requestsWithoutTheHeaderShareTheirClientsBucket() {
        LimitKey key = LimitKey.parse("header:X-Api-Key");
        assertThat(key.of(Requests.from("203.0.113.7")))
                .isEqualTo("203.0.113.7")
                .isEqualTo(key.of("203.0.113.7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "1.2", "cafe", "a:b", "::x", "1.2.3.4.5", "999.1.1.1"})
    void aHeadersValueIsNotMistakenForAnAddress(String value) {
        LimitKey key = LimitKey.parse("header:X-Api-Key");
        assertThat(key.of(value)).isEqualTo(key.of(Requests.from("203.0.113.7", "X-Api-Key", value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ip", "header", "header:"})
    void anotherWordIsNoKey(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LimitKey.parse(text))
                .withMessageContaining("write route, client or header:NAME");
    }
}
