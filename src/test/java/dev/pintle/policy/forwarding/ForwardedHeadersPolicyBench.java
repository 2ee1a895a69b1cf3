package dev.pintle.policy.forwarding;

import dev.pintle.http.Body;
import dev.pintle.http.Exchange;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Headers;
import dev.pintle.testing.Exchanges;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of adapting the headers of a request and its response. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ForwardedHeadersPolicyBench {
    private static final Headers OF_A_BROWSER = Headers.of(
            "User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language", "en-US,en;q=0.5",
            "Accept-Encoding", "gzip, deflate, br, zstd",
            "Connection", "keep-alive",
            "Cookie", "session=0af7651916cd43dd8448eb211c80319c",
            "Sec-Fetch-Mode", "navigate");

    private static final FinalResponse ANSWER = new FinalResponse(
            200,
            Headers.of(
                    "Date", "Thu, 26 Nov 2026 04:00:00 GMT",
                    "Content-Type", "application/json",
                    "Content-Length", "512",
                    "Cache-Control", "no-store",
                    "Connection", "keep-alive"),
            Body.EMPTY);

    private final ForwardedHeadersPolicy passOn =
            new ForwardedHeadersPolicy(false, null, CertificateForwarding.FROM_TRUSTED_PROXY);
    private final Exchange few = Exchanges.get("/users/1");
    private final Exchange usual = Exchanges.of("GET", "/users/1", OF_A_BROWSER, Body.EMPTY);

    @Benchmark
    public GatewayResponse fewHeaders() {
        return passOn.apply(few, exchange -> ANSWER);
    }

    @Benchmark
    public GatewayResponse headersOfABrowser() {
        return passOn.apply(usual, exchange -> ANSWER);
    }
}
