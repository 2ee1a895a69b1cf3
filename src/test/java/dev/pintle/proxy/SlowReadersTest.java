package dev.pintle.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.http.Body;
import dev.pintle.http.CidrSet;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.Headers;
import dev.pintle.server.guards.ConnectionMonitor;
import dev.pintle.server.guards.MinimumDataRate;
import dev.pintle.server.http2.Http2ConnectionFactory;
import dev.pintle.server.http2.Http2WriteStallDetector;
import dev.pintle.telemetry.AccessLog;
import dev.pintle.telemetry.AccessLogConfiguration;
import dev.pintle.telemetry.Metrics;
import dev.pintle.telemetry.SecretParameters;
import dev.pintle.telemetry.TraceContextExtractor;
import dev.pintle.telemetry.Tracing;
import dev.pintle.testing.ManualTicker;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.time.Ticker;
import dev.pintle.time.Watchdog;
import dev.pintle.time.WatchdogTimer;
import dev.pintle.tunnel.OpenTunnels;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that reads almost nothing occupies neither its own connection nor one of the upstream for long. */
class SlowReadersTest {
    private final ManualTicker ticker = new ManualTicker();
    private final Watchdog watchdog = new Watchdog(ticker);
    private final WatchdogTimer uploadTimer = watchdog.watch(() -> {});
    private final AtomicLong uploaded = new AtomicLong();
    private final AccessLog accessLog =
            new AccessLog(new AccessLogConfiguration(), new SecretParameters(), InstantSource.system());
    private final Endless body = new Endless();
    private final AtomicReference<ExchangeContext> context = new AtomicReference<>();
    private final Server server = new Server();
    private final ServerConnector http1 = connector(new HttpConnectionFactory());
    private final ServerConnector http2 = connector(new Http2ConnectionFactory(new HttpConfiguration(), "h2c"));

    private ServerConnector connector(ConnectionFactory protocol) {
        ServerConnector connector = new ServerConnector(server, protocol);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        return connector;
    }

    @BeforeEach
    void start() throws Exception {
        ExchangeLifecycle lifecycle = new ExchangeLifecycle(
                new TrustedProxies(CidrSet.of(List.of())),
                new TraceContextExtractor(new Random(1)),
                Tracing.OFF,
                new Metrics(new PrometheusRegistry()),
                accessLog,
                Ticker.SYSTEM);
        ProxyHandler handler = new ProxyHandler(
                lifecycle,
                exchange -> {
                    context.set(exchange.context());
                    return new FinalResponse(
                            200, Headers.EMPTY, exchange.request().method().equals("POST") ? upload(exchange) : body);
                },
                watchdog,
                new OpenExchanges(),
                new TunnelOpener(new OpenTunnels(Ticker.SYSTEM), lifecycle, InstantSource.system()));
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(
                new HttpServlet() {
                    @Override
                    protected void service(HttpServletRequest request, HttpServletResponse response) {
                        handler.serve(new ServletExchange(request, response));
                    }
                },
                "/*");
        server.setHandler(context);
        http2.addBean(new ConnectionMonitor(Duration.ofMillis(500), List.of(new Http2WriteStallDetector(ticker))));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        watchdog.close();
        accessLog.close();
    }

    @Test
    void aClientThatDoesNotReadIsDisconnected() {
        try (RawClient client = RawClient.to(http1.getLocalPort())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertDisconnected();
        }
    }

    @Test
    void aStreamWithAClosedWindowIsReset() {
        try (RawHttp2Client client = RawHttp2Client.to(http2.getLocalPort())) {
            client.get(1, "/");
            assertDisconnected();
            assertThat(client.until(RawHttp2Client.RST_STREAM).getLast().type()).isEqualTo(RawHttp2Client.RST_STREAM);
        }
    }

    @Test
    void aClientWithAnOpenWindowThatDoesNotReadIsDisconnected() {
        try (RawHttp2Client client = blockedOutput()) {
            assertDisconnected();
            assertThat(client.until(RawHttp2Client.RST_STREAM).getLast().type()).isEqualTo(RawHttp2Client.DATA);
        }
    }

    /** Jetty queues the replies to its frames. */
    @Test
    void aClientThatDoesNotReadCannotSendFramesForever() {
        try (RawHttp2Client client = blockedOutput()) {
            awaitBlockedWrite();
            String opensTheWindow =
                    RawHttp2Client.frame(4, RawHttp2Client.WINDOW_UPDATE, 0, 0) + RawHttp2Client.number(1);
            for (int i = 0; i < 2_000; i++) {
                client.raw(opensTheWindow);
            }
            await().until(() -> body.closed);
        }
    }

    /** The ticker of the watchdog stands still while the node does not run, so a frozen node does not blame its clients. */
    @Test
    void aSlowUploadIsTimedByTheTickerOfTheWatchdog() {
        try (RawClient client = RawClient.to(http1.getLocalPort())) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\na");
            await().until(() -> uploaded.get() == 1 && uploadTimer.isSet());
            ticker.advance(MinimumDataRate.GRACE.plusSeconds(5));
            client.send("b");
            await().untilAsserted(() ->
                    assertThat(context.get().detail()).contains("arrived at less than 100 bytes per second"));
        }
    }

    private Body upload(Exchange exchange) {
        Body content = exchange.request().body();
        RequestBodyStream.watch(content, uploadTimer);
        try {
            while (content.stream().read() >= 0) {
                uploaded.incrementAndGet();
            }
            return Body.EMPTY;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Accepts all bytes and reads none of them. */
    private RawHttp2Client blockedOutput() {
        RawHttp2Client client = RawHttp2Client.silent(http2.getLocalPort()).raw(RawHttp2Client.PREFACE);
        String all = RawHttp2Client.number(1 << 30);
        return client.send(RawHttp2Client.SETTINGS, 0, 0, "\0\4" + all)
                .send(RawHttp2Client.WINDOW_UPDATE, 0, 0, all)
                .get(1, "/");
    }

    private void assertDisconnected() {
        awaitBlockedWrite();
        ticker.advance(MinimumDataRate.timeFor(16 << 10));
        await().until(() -> body.closed);
        await().untilAsserted(() -> assertThat(context.get().detail()).contains("less than 100 bytes per second"));
    }

    private void awaitBlockedWrite() {
        AtomicLong before = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(300))
                .until(() -> before.getAndSet(body.read.get()) == body.read.get() && body.read.get() > 0);
        assertThat(body.closed).isFalse();
    }

    /** A body that is always available and never ends. */
    private static final class Endless extends InputStream implements Body {
        private final AtomicLong read = new AtomicLong();
        private volatile boolean closed;

        @Override
        public int read() {
            return 'x';
        }

        @Override
        public int read(byte[] octets, int offset, int length) {
            read.addAndGet(length);
            return length;
        }

        @Override
        public int available() {
            return 1;
        }

        @Override
        public long length() {
            return UNKNOWN;
        }

        @Override
        public InputStream stream() {
            return this;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
