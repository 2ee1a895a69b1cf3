package dev.pintle.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.http.CidrSet;
import dev.pintle.http.Headers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who the client is, when a trusted proxy says it: the last address that no trusted proxy has. */
class TrustedProxiesTest {
    private static final String PEER = "10.0.0.1";
    private final TrustedProxies proxies = new TrustedProxies(CidrSet.of(List.of("10.0.0.0/8", "fd00::/8")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.7 | 203.0.113.7",
                "6.6.6.6, 203.0.113.7 | 203.0.113.7",
                "6.6.6.6, 203.0.113.7, 10.9.9.9, fd00::1 | 203.0.113.7",
                "2001:db8::7, fd00::1 | 2001:db8::7",
                "10.2.2.2, 10.3.3.3 | 10.2.2.2",
                "203.0.113.7, unknown, 10.9.9.9 | 10.9.9.9",
                "203.0.113.7, | 10.0.0.1",
                "unknown | 10.0.0.1",
            })
    void isReadFromTheRight(String forwardedFor, String client) {
        assertThat(client(forwardedFor)).isEqualTo(client);
    }

    /** A client may write as many trusted addresses as its head has room for. */
    @Test
    void isReadNoFurtherThanSixtyFourHops() {
        String hops = IntStream.range(0, 2_000)
                .mapToObj(i -> "10.0." + i / 256 + "." + i % 256)
                .collect(Collectors.joining(","));
        assertThat(client(hops)).isEqualTo("10.0.7." + (2_000 - 64) % 256);
        assertThat(client("203.0.113.7", hops)).isEqualTo("10.0.7." + (2_000 - 64) % 256);
    }

    @Test
    void severalFieldsAreOneList() {
        assertThat(client("6.6.6.6", "203.0.113.7", "10.9.9.9")).isEqualTo("203.0.113.7");
    }

    @Test
    void isThePeerThatSaysNothing() {
        assertThat(client()).isEqualTo(PEER);
    }

    private String client(String... forwardedFor) {
        Headers.Builder headers = Headers.builder();
        for (String value : forwardedFor) {
            headers.add("X-Forwarded-For", value);
        }
        return proxies.client(PEER, headers.build());
    }
}
