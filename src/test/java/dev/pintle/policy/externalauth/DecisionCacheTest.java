package dev.pintle.policy.externalauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.http.Body;
import dev.pintle.http.Exchange;
import dev.pintle.http.Headers;
import dev.pintle.testing.Exchanges;
import dev.pintle.testing.ManualTicker;
import dev.pintle.time.TimeBudget;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionCacheTest {
    private final ManualTicker ticker = new ManualTicker();
    private final DecisionCache cache = new DecisionCache(ticker);
    private final AtomicInteger asked = new AtomicInteger();

    private Authorizer caching(Duration cacheFor, int headerLength) {
        return new CachingAuthorizer(
                exchange -> {
                    asked.incrementAndGet();
                    return new Decision.Admission(Headers.of("X-User", "x".repeat(headerLength)));
                },
                new DecisionKey(List.of("header:A")),
                cacheFor,
                cache,
                new Object());
    }

    @Test
    void aDecisionHoldsForItsTimeAndForItsRouteOnly() {
        Authorizer authorizer = caching(Duration.ofMinutes(1), 1);
        Exchange exchange = exchange("GET", "/a", Headers.of("A", "1"), "127.0.0.1");

        authorizer.decide(exchange);
        ticker.advance(Duration.ofMinutes(1).minusNanos(1));
        authorizer.decide(exchange);
        assertThat(asked).hasValue(1);
        ticker.advance(Duration.ofNanos(1));
        authorizer.decide(exchange);
        assertThat(asked).hasValue(2);
        caching(Duration.ofMinutes(1), 1).decide(exchange);
        assertThat(asked).as("another route").hasValue(3);
    }

    @Test
    void anyNumberOfCredentialsTakesBoundedMemory() {
        Authorizer authorizer = caching(Duration.ofHours(1), 8_000);

        for (int i = 0; i < 20_000; i++) {
            authorizer.decide(exchange("GET", "/a", Headers.of("A", String.valueOf(i)), "127.0.0.1"));
        }

        assertThat(cache.bytes()).isLessThanOrEqualTo(16 << 20);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
                    header:A               | A: 1                | A: 1                | same
                    header:A               | A: 1                | A: 2                | different
                    header:A               | A: 1, A: 2          | A: 2, A: 1          | different
                    header:A               | A: 1, A: 2          | A: 12               | different
                    header:A header:B      | A: 1                | B: 1                | different
                    header:A header:B      | A: 1, B: 23         | A: 12, B: 3         | different
                    header:A               | A: 1, B: 1          | A: 1, B: 2          | same
                    header:A               | B: 1                | B: 1                | not cached
                    header:A client        | B: 1                | B: 1                | not cached
                    cookie:s               | Cookie: a=1; s=2    | Cookie: s=2; a=3    | same
                    cookie:s               | Cookie: s=1         | Cookie: s=2         | different
                    cookie:s               | Cookie: s=1         | Cookie: s=1; s=2    | different
                    cookie:s               | Cookie: ss=1        | Cookie: ss=1        | not cached
                    header:A method        | A: 1                | PUT A: 1            | different
                    header:A path          | A: 1                | /b A: 1             | different
                    header:A client        | A: 1                | 10.0.0.1 A: 1       | different
                    header:A               | A: 1                | PUT /b A: 1         | same
                    """)
    void theKeyHasTheNamedPartsOfTheRequest(String parts, String first, String second, String result) {
        DecisionKey key = new DecisionKey(List.of(parts.split(" ", -1)));

        var one = key.hash(parsed(first));
        var two = key.hash(parsed(second));

        assertThat(one.isEmpty() ? "not cached" : one.equals(two) ? "same" : "different")
                .isEqualTo(result);
    }

    private static Exchange parsed(String written) {
        Headers.Builder headers = Headers.builder();
        String method = "GET";
        String path = "/a";
        String address = "127.0.0.1";
        String rest = written;
        for (String word : written.split(" ", -1)) {
            if (word.equals("PUT")) {
                method = word;
            } else if (word.startsWith("/")) {
                path = word;
            } else if (word.startsWith("10.")) {
                address = word;
            } else {
                break;
            }
            rest = rest.substring(word.length() + 1);
        }
        for (String header : rest.split(", ", -1)) {
            int colon = header.indexOf(": ");
            headers.add(header.substring(0, colon), header.substring(colon + 2));
        }
        return exchange(method, path, headers.build(), address);
    }

    private static Exchange exchange(String method, String path, Headers headers, String address) {
        TimeBudget budget = new TimeBudget(Duration.ofSeconds(10), () -> 0);
        return Exchanges.of(method, path, headers, Body.EMPTY, address, budget);
    }
}
