package dev.pintle.testing;

import dev.pintle.http.Body;
import dev.pintle.http.Cancellation;
import dev.pintle.http.Client;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.ExchangeMeter;
import dev.pintle.http.ExchangeResult;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Headers;
import dev.pintle.http.RequestOrigin;
import dev.pintle.http.TraceContext;
import dev.pintle.http.TraceId;
import dev.pintle.http.TunnelMeter;
import dev.pintle.time.Ticker;
import dev.pintle.time.TimeBudget;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Creates exchanges like the proxy, for tests of handlers and policies. */
public final class Exchanges {
    private static final TraceContext TRACE =
            new TraceContext(new TraceId("0af7651916cd43dd8448eb211c80319c"), "b7ad6b7169203331", "01", null);

    private Exchanges() {}

    /** Creates a GET with a budget of ten seconds. */
    public static Exchange get(String path) {
        return of("GET", path, Headers.EMPTY, Body.EMPTY);
    }

    /** Creates a request with a body and a budget of ten seconds. */
    public static Exchange of(String method, String path, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return of(method, path, Headers.of("Content-Length", Integer.toString(bytes.length)), Body.of(bytes));
    }

    /** Creates a request with a budget of ten seconds. */
    public static Exchange of(String method, String path, Headers headers, Body body) {
        return of(method, path, headers, body, "127.0.0.1", new TimeBudget(Duration.ofSeconds(10), Ticker.SYSTEM));
    }

    /** Creates a request of a client address. */
    public static Exchange of(
            String method, String path, Headers headers, Body body, String address, TimeBudget budget) {
        PassiveClient bystander = new PassiveClient(address);
        return new Exchange(
                new GatewayRequest(method, "http", "gateway", path, null, headers, body),
                bystander,
                new ExchangeContext(TRACE, bystander),
                budget,
                new Cancellation());
    }

    /** Creates a PUT whose client disconnects in the middle of its body. */
    public static Exchange cut(String path) {
        return of("PUT", path, Headers.of("Content-Length", "10"), new CutBody());
    }

    /** Reads a response to its end, closes it and returns its status. */
    public static int finish(GatewayResponse response) {
        text(response);
        return response.status();
    }

    /** Returns the body of a response and closes it. */
    public static String text(GatewayResponse response) {
        try (Body body = ((FinalResponse) response).body()) {
            return new String(body.stream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client that ignores all calls. */
    private record PassiveClient(String address) implements Client, ExchangeMeter {
        @Override
        public TunnelMeter tunnel() {
            throw new UnsupportedOperationException("no tunnel is expected");
        }

        @Override
        public String peer() {
            return address;
        }

        @Override
        public boolean trusted() {
            return false;
        }

        @Override
        public RequestOrigin origin() {
            return RequestOrigin.direct(address, "http", "", 8080);
        }

        @Override
        public String protocol() {
            return "HTTP/1.1";
        }

        @Override
        public @Nullable X509Certificate certificate() {
            return null;
        }

        @Override
        public boolean acceptsTrailers() {
            return false;
        }

        @Override
        public void idle(Duration longest) {}

        @Override
        public void interim(int status, Headers headers) {}

        @Override
        public void abort() {}

        @Override
        public void began() {}

        @Override
        public void transferred() {}

        @Override
        public void ended(ExchangeContext context, ExchangeResult result) {}
    }

    /** Five bytes of ten, followed by a disconnect. */
    private static final class CutBody implements Body {
        private final InputStream stream =
                new SequenceInputStream(new ByteArrayInputStream(new byte[5]), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new EOFException("the client disconnected");
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        return read();
                    }
                });

        @Override
        public long length() {
            return 10;
        }

        @Override
        public InputStream stream() {
            return stream;
        }
    }
}
