package dev.pintle.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.http.CidrSet;
import dev.pintle.http.Headers;
import dev.pintle.http.RequestOrigin;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client and the URL that it requested, as reported by trusted proxies. */
class TrustedProxiesTest {
    private static final String PEER = "10.0.0.1";
    private static final int OWN_PORT = 8080;

    private final TrustedProxies proxies = new TrustedProxies(CidrSet.of(List.of("10.0.0.0/8", "fd00::/8")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "203.0.113.7 | 203.0.113.7",
                "6.6.6.6, 203.0.113.7 | 203.0.113.7",
                "6.6.6.6, 203.0.113.7, 10.9.9.9, fd00::1 | 203.0.113.7",
                "2001:db8::7, fd00::1 | 2001:db8::7",
                "10.2.2.2, 10.3.3.3 | 10.2.2.2",
                "203.0.113.7:5678 | 203.0.113.7",
                "203.0.113.7:5678, 10.9.9.9:80 | 203.0.113.7",
                "[2001:db8::7]:443 | 2001:db8::7",
                "[2001:db8::7] | 2001:db8::7",
                "2001:DB8:0:0:0:0:0:7 | 2001:db8::7",
                "`\"203.0.113.7\"` | 203.0.113.7",
                "`\"203.0.113.7:5678\"` | 203.0.113.7",
                "`\"[2001:db8::7]:443\"` | 2001:db8::7",
                "203.0.113.7:_hidden | 203.0.113.7",
                "::ffff:203.0.113.7 | 203.0.113.7",
                "[::ffff:203.0.113.7]:443 | 203.0.113.7",
                "fe80::7%eth0 | fe80::7",
                "[fe80::7%25eth0]:80 | fe80::7",
                "203.0.113.7, | 203.0.113.7",
                "203.0.113.7, ,10.9.9.9,, | 203.0.113.7",
            })
    void everyFormatOfAnAddressIsParsed(String forwardedFor, String client) {
        assertThat(origin(Headers.of("X-Forwarded-For", forwardedFor)).client()).isEqualTo(client);
    }

    /** The proxy that wrote the entry is the nearest trusted one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "unknown | 10.0.0.1",
                "_hidden | 10.0.0.1",
                "203.0.113.7, unknown, 10.9.9.9 | 10.9.9.9",
                "203.0.113.7, unix: | 10.0.0.1",
                "localhost | 10.0.0.1",
                "203.0.113 | 10.0.0.1",
                "203.0.113.256 | 10.0.0.1",
                "010.0.113.7 | 10.0.0.1",
                "203.0.113.7:123456 | 10.0.0.1",
                "203.0.113.7: | 10.0.0.1",
                "203.0.113.7/24 | 10.0.0.1",
                "for=203.0.113.7 | 10.0.0.1",
                "`\"203.0.113.7` | 10.0.0.1",
                "[2001:db8::7 | 10.0.0.1",
                "2001:db8::g | 10.0.0.1",
                "[203.0.113.7] | 10.0.0.1",
                "203.0.113.7 10.9.9.9 | 10.0.0.1",
            })
    void anEntryThatIsNoAddressEndsTheSearch(String forwardedFor, String client) {
        RequestOrigin origin = origin(Headers.of("X-Forwarded-For", forwardedFor));

        assertThat(origin.client()).isEqualTo(client);
        assertThat(origin.nodes()).startsWith("unknown", client);
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(origin(headers("X-Forwarded-For", "6.6.6.6", "203.0.113.7", "10.9.9.9"))
                        .client())
                .isEqualTo("203.0.113.7");
    }

    @Test
    void aTrustedPeerWithoutForwardingHeadersIsTheClient() {
        RequestOrigin received = received("shop.example", 80);

        assertThat(proxies.origin(received, OWN_PORT, Headers.EMPTY)).isEqualTo(received);
    }

    @Test
    void headersOfAnUntrustedPeerAreIgnored() {
        RequestOrigin received = RequestOrigin.direct("203.0.113.9", "http", "shop.example", 80);
        Headers output = Headers.of("X-Forwarded-For", "1.2.3.4", "X-Forwarded-Proto", "https");

        assertThat(proxies.origin(received, OWN_PORT, output)).isEqualTo(received);
    }

    @Test
    void atMostSixtyFourHopsAreRead() {
        String forwardedFor = "203.0.113.7, " + "10.2.2.2, ".repeat(100) + "10.3.3.3";

        assertThat(origin(Headers.of("X-Forwarded-For", forwardedFor)).client()).isEqualTo("10.2.2.2");
    }

    /** A dash marks a header that the proxy does not send. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // proto | host | port | Host → scheme, authority, port
                "https | - | - | shop.example | https | shop.example | 443",
                "HTTPS | - | - | shop.example | https | shop.example | 443",
                "http | - | - | shop.example | http | shop.example | 80",
                "wss | - | - | shop.example | wss | shop.example | 443",
                "https | shop.example | - | 10.0.0.5:8080 | https | shop.example | 443",
                "https | shop.example:8443 | - | 10.0.0.5:8080 | https | shop.example:8443 | 8443",
                "https | [2001:db8::1]:8443 | - | gw | https | [2001:db8::1]:8443 | 8443",
                "https | shop.example | 8443 | gw | https | shop.example | 8443",
                "- | shop.example | - | gw | http | shop.example | 80",
                "- | shop.example:443 | - | gw | https | shop.example:443 | 443",
                "- | - | 443 | shop.example | https | shop.example | 443",
                "- | - | 80 | shop.example | http | shop.example | 80",
                "- | - | 8443 | shop.example | http | shop.example | 8443",
                "https | - | - | shop.example:8443 | https | shop.example:8443 | 8443",
                // The client requested the port of the gateway.
                "https | - | - | gw:8080 | https | gw:8080 | 443",
                "https | - | - | [::1]:8080 | https | [::1]:8080 | 443",
                // The host and the port, or the scheme and the port, contradict each other.
                "https | shop.example:8443 | 443 | gw | https | shop.example:8443 | 8443",
                "- | shop.example:443 | 80 | gw | https | shop.example:443 | 443",
                "https | - | 80 | shop.example | https | shop.example | 443",
                "https | shop.example | 80 | gw | https | shop.example | 443",
                "http | - | 443 | shop.example | http | shop.example | 80",
                "wss | - | 80 | gw:8080 | wss | gw:8080 | 443",
                "https | shop.example:80 | - | gw | https | shop.example:80 | 80",
                // An invalid value counts as absent.
                "gopher | - | - | shop.example | http | shop.example | 80",
                "https | shop/example | - | shop.example | https | shop.example | 443",
                "https | evil.example:99999 | - | shop.example | https | shop.example | 443",
                "https | - | 0 | shop.example | https | shop.example | 443",
                "https | - | 65536 | shop.example | https | shop.example | 443",
                "https | - | x | shop.example | https | shop.example | 443",
            })
    void schemeHostAndPortBelongTogether(
            String proto, String host, String port, String hostHeader, String scheme, String authority, int expected) {
        Headers.Builder headers = Headers.builder().add("X-Forwarded-For", "203.0.113.7");
        add(headers, "X-Forwarded-Proto", proto);
        add(headers, "X-Forwarded-Host", host);
        add(headers, "X-Forwarded-Port", port);

        RequestOrigin origin = proxies.origin(received(hostHeader, 80), OWN_PORT, headers.build());

        assertThat(origin)
                .isEqualTo(new RequestOrigin("203.0.113.7", List.of("203.0.113.7", PEER), scheme, authority, expected));
    }

    /** The CDN received https, and the load balancer behind it http. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.7, 10.9.9.9 | https, http | https",
                "203.0.113.7, 10.9.9.9 | https | https",
                "203.0.113.7, 10.9.9.9 | http, https, http | https",
                "203.0.113.7 | https, http | http",
                "6.6.6.6, 203.0.113.7 | https, http | http",
                "6.6.6.6, 203.0.113.7, 10.9.9.9, 10.8.8.8 | gopher, https, http, http | https",
            })
    void theValuesAreThoseOfTheHopOfTheClient(String forwardedFor, String proto, String scheme) {
        RequestOrigin origin = origin(Headers.of("X-Forwarded-For", forwardedFor, "X-Forwarded-Proto", proto));

        assertThat(origin.client()).isEqualTo("203.0.113.7");
        assertThat(origin.scheme()).isEqualTo(scheme);
    }

    @Test
    void aProxyThatReportsASchemeButNoClientHasAnUnknownClient() {
        RequestOrigin origin = origin(Headers.of("X-Forwarded-Proto", "https"));

        assertThat(origin.client()).isEqualTo(PEER);
        assertThat(origin.nodes()).containsExactly("unknown", PEER);
        assertThat(origin.scheme()).isEqualTo("https");
    }

    private RequestOrigin origin(Headers headers) {
        return proxies.origin(received("shop.example", 80), OWN_PORT, headers);
    }

    private static RequestOrigin received(String authority, int port) {
        return RequestOrigin.direct(PEER, "http", authority, port);
    }

    private static Headers headers(String name, String... values) {
        Headers.Builder headers = Headers.builder();
        for (String value : values) {
            headers.add(name, value);
        }
        return headers.build();
    }

    private static void add(Headers.Builder headers, String name, String value) {
        if (!value.equals("-")) {
            headers.add(name, value);
        }
    }
}
