package dev.pintle.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitKeyTest {
    private static final String CLIENT = "203.0.113.7";

    private static final LimitKey HEADER = LimitKey.parse("header:X-Api-Key");

    @ParameterizedTest
    @CsvSource({"203.0.113.7, 203.0.113.7", "2001:db8:0:1:2:3:4:5, 2001:db8:0:1::/64"})
    void aClientIsIdentifiedByItsNetwork(String address, String bucket) {
        LimitKey client = LimitKey.parse("client");
        assertThat(client.of(Requests.from(address))).containsExactly(bucket);
        assertThat(client.ofClient(address)).isEqualTo(bucket);
    }

    @Test
    void textThatIsNoAddressHasNoClientBucket() {
        assertThat(LimitKey.parse("client").ofClient("secret")).isNull();
    }

    @Test
    void allRequestsOfARouteShareItsBucket() {
        LimitKey route = LimitKey.parse("route");
        assertThat(route.of(Requests.from("203.0.113.7"))).isEqualTo(route.of(Requests.from("203.0.113.8")));
        assertThat(route.of(Requests.from("203.0.113.7"))).containsExactly(route.ofClient("203.0.113.7"));
    }

    @Test
    void aHeaderCountsForAllClientsAndTheBucketHidesItsValue() {
        assertThat(buckets("X-Api-Key", "secret"))
                .isEqualTo(HEADER.of(Requests.from("203.0.113.8", "X-Api-Key", "secret")))
                .isNotEqualTo(buckets("X-Api-Key", "secret2"))
                .singleElement()
                .isEqualTo(HEADER.ofClient("secret"))
                .asString()
                .doesNotContain("secret")
                .hasSize(32);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', textBlock = """
                    x-api-key,  the key
                    X-API-KEY,  The Key
                    X_Api_Key,  the key
                    X-Api-Key,  | the key |
                    X-Api-Key,  |the  \t key|
                    """)
    void anotherSpellingOfTheHeaderDoesNotChangeTheBucket(String name, String value) {
        assertThat(buckets(name, value)).isEqualTo(buckets("X-Api-Key", "the key"));
    }

    @Test
    void aHeaderThatIsSentTwiceCountsOnce() {
        assertThat(buckets("X-Api-Key", "key", "X-Api-Key", "key")).isEqualTo(buckets("X-Api-Key", "key"));
        assertThat(buckets("X-Api-Key", "key", "x_api_key", "KEY ")).isEqualTo(buckets("X-Api-Key", "key"));
    }

    @Test
    void aRequestWithSeveralValuesDrawsFromTheBucketsOfAll() {
        assertThat(buckets("X-Api-Key", "new", "X-Api-Key", "key"))
                .containsAll(buckets("X-Api-Key", "key"))
                .containsAll(buckets("X-Api-Key", "new"))
                .hasSize(2);
    }

    @Test
    void allRequestsWithMoreThanFourValuesShareOneBucket() {
        assertThat(buckets(values("a", 4))).hasSize(4);
        assertThat(buckets(values("a", 5)))
                .hasSize(1)
                .isEqualTo(HEADER.of(Requests.from("203.0.113.8", values("b", 100))));
    }

    @Test
    void aHeaderThatTheUpstreamDoesNotReceiveIsAbsent() {
        assertThat(buckets("Connection", "close, x-API-key", "X-Api-Key", "any"))
                .containsExactly(CLIENT);
        assertThat(buckets("Connection", "X_Api_Key", "X_Api_Key", "any", "X-Api-Key", "key"))
                .isEqualTo(buckets("X-Api-Key", "key"));
        assertThat(buckets("Connection", "keep-alive", "X-Api-Key", "key")).isEqualTo(buckets("X-Api-Key", "key"));
    }

    @Test
    void requestsWithoutTheHeaderShareTheBucketOfTheirClient() {
        assertThat(buckets()).containsExactly(CLIENT).containsExactly(HEADER.ofClient(CLIENT));
        assertThat(buckets("X-Api-Key", " ")).containsExactly(CLIENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "1.2", "cafe", "a:b", "::x", "1.2.3.4.5", "999.1.1.1"})
    void aValueThatOnlyResemblesAnAddressIsAValue(String value) {
        assertThat(buckets("X-Api-Key", value)).containsExactly(HEADER.ofClient(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"route", "client", "header:X-Api-Key"})
    void aKeyIsFormattedAsItWasConfigured(String text) {
        assertThat(LimitKey.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ip", "header", "header:"})
    void anUnknownKeyIsRejected(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LimitKey.parse(text))
                .withMessageContaining("write route, client, consumer, header:NAME or claim:NAME");
    }

    private static List<String> buckets(String... headers) {
        return HEADER.of(Requests.from(CLIENT, headers));
    }

    private static String[] values(String prefix, int count) {
        return IntStream.range(0, count)
                .boxed()
                .flatMap(i -> Stream.of("X-Api-Key", prefix + i))
                .toArray(String[]::new);
    }
}
