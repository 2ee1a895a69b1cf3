package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pintle.http.Body;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.Headers;
import dev.pintle.testing.Exchanges;
import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestRoute;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A short body that has arrived takes one write to the upstream. */
class ShortBodiesTest {
    private static final int REQUESTS = 20;

    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    @ParameterizedTest
    @ValueSource(ints = {1, 2_000, 10 << 10, 16 << 10})
    void theUpstreamReceivesTheHeadAndTheBodyInOneRead(int length) {
        String body = "x".repeat(length);
        List<String> reads = new CopyOnWriteArrayList<>();
        TestRoute route = fixture.route(fixture.upstream(connection -> {
            byte[] buffer = new byte[64 << 10];
            for (int read = connection.in().read(buffer);
                    read >= 0;
                    read = connection.in().read(buffer)) {
                reads.add(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                connection.answer(200, "ok");
            }
        }));
        for (int i = 0; i < REQUESTS; i++) {
            Exchanges.finish(route.handle(Exchanges.of("POST", "/orders", body)));
        }
        assertThat(reads)
                .hasSize(REQUESTS)
                .allSatisfy(read ->
                        assertThat(read).startsWith("POST /orders HTTP/1.1\r\n").endsWith("\r\n\r\n" + body));
    }

    @Test
    void theBodyWaitsFor100Continue() {
        List<String> heads = new CopyOnWriteArrayList<>();
        RawUpstream upstream = fixture.upstream(connection -> {
            byte[] buffer = new byte[64 << 10];
            heads.add(new String(buffer, 0, connection.in().read(buffer), StandardCharsets.ISO_8859_1));
            connection.write("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(connection.bytes(5)).isEqualTo("hello");
            connection.answer(200, "ok");
        });
        Headers headers = Headers.of("Content-Length", "5", "Expect", "100-continue");
        Exchange exchange = Exchanges.of("POST", "/orders", headers, Body.of("hello".getBytes(StandardCharsets.UTF_8)));
        assertThat(Exchanges.finish(fixture.route(upstream).handle(exchange))).isEqualTo(200);
        assertThat(heads).singleElement().asString().endsWith("\r\n\r\n");
    }

    /** The upstream answers and closes while it leaves most of the body unread. */
    @Test
    void aResponseToAnUnreadBodyIsDelivered() {
        RawUpstream upstream = fixture.upstream(connection -> {
            connection.head();
            connection.answer(413, "Connection: close", "much");
            connection.finish();
            connection.rest();
        });
        TestRoute route = fixture.route(upstream).retries(0);
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(Exchanges.finish(route.handle(Exchanges.of("POST", "/orders", "x".repeat(16 << 10)))))
                    .isEqualTo(413);
        }
    }

    @Test
    void aHeadThatCannotBeWrittenIsNotAwaited() {
        RawUpstream upstream = fixture.upstream(RawUpstream.neverResponds());
        Headers headers = Headers.of("Content-Length", "5", "X-Name", "\u010a");
        Exchange exchange = Exchanges.of("POST", "/orders", headers, Body.of("hello".getBytes(StandardCharsets.UTF_8)));
        ExchangeException failure = catchThrowableOfType(
                ExchangeException.class,
                () -> fixture.route(upstream).retries(0).handle(exchange));
        assertThat(failure.kind()).isEqualTo(FailureKind.RESET);
    }
}
