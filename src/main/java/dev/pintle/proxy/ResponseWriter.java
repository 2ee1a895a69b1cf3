package dev.pintle.proxy;

import dev.pintle.http.Body;
import dev.pintle.http.Exchange;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.Headers;
import dev.pintle.http.WebSocketHandshake;
import dev.pintle.server.guards.MinimumDataRate;
import dev.pintle.time.WatchdogTimer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * Writes one response to the client. The head leaves with the first body bytes if these are available, otherwise
 * immediately; the body leaves as it arrives. A slow client ends the exchange. Used by one thread.
 */
final class ResponseWriter {
    private static final int BUFFER = 16 << 10;
    /** Thousands of streams may be open, each with a few bytes at a time. */
    private static final int STREAM_BUFFER = 1 << 10;

    private static final long WRITE_TIMEOUT_NANOS =
            MinimumDataRate.timeFor(BUFFER).toNanos();
    private static final String TRANSPORT_SECURITY = "Strict-Transport-Security";
    private static final String TRACE_ID = "X-Trace-ID";
    private static final HttpField CHUNKED =
            new PreEncodedHttpField(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED.asString());

    private final Exchange exchange;
    private final HttpServletResponse servlet;
    private final Response response;
    private final ConnectionMetaData connection;
    private final WatchdogTimer clientTimer;
    private boolean abortiveClose;
    private long written;

    /**
     * Creates the writer of one response.
     *
     * @param exchange its request may be incomplete when the response begins
     * @param clientTimer is set while the writer waits for the client
     */
    ResponseWriter(Exchange exchange, HttpServletResponse servlet, Response response, WatchdogTimer clientTimer) {
        this.exchange = exchange;
        this.servlet = servlet;
        this.response = response;
        this.connection = response.getRequest().getConnectionMetaData();
        this.clientTimer = clientTimer;
    }

    /** Returns the number of body bytes written to the client connection. */
    long written() {
        return written;
    }

    /** Returns the status of the response. */
    int status() {
        return response.getStatus();
    }

    /**
     * Discards the written bytes.
     *
     * @return false when the client has received a part
     * @throws IOException when the client connection is closed
     */
    boolean discardUnsent() throws IOException {
        if (servlet.isCommitted()) {
            return false;
        }
        endAbortiveClose();
        servlet.reset();
        written = 0;
        return true;
    }

    /**
     * Writes the whole response.
     *
     * @throws IOException when the client connection fails
     * @throws dev.pintle.http.ExchangeException when the body of the response breaks off
     */
    void write(FinalResponse answer) throws IOException {
        if (isInterimBlocked()) {
            throw new IOException("the client connection is blocked by an interim response");
        }
        response.setStatus(answer.status());
        HttpFields.Mutable fields = response.getHeaders();
        addHeaders(answer.headers(), fields);
        if (answer.status() == HttpStatus.NO_CONTENT_204) {
            fields.remove("Content-Length");
        }
        if (RequestBodyStream.mayContinue(exchange.request().body()) || isRefusedHandshake()) {
            // Otherwise the server would parse the next bytes as a request (RFC 9112 section 9.3).
            fields.put(HttpFields.CONNECTION_CLOSE);
        }
        Body body = answer.body();
        if (body.length() == 0) {
            writeHead();
            return;
        }
        if (body.length() == Body.UNKNOWN) {
            if (exchange.client().acceptsTrailers()) {
                servlet.setTrailerFields(() -> map(body.trailers()));
            }
            markEnd(fields);
        }
        copy(body);
    }

    private void addHeaders(Headers headers, HttpFields.Mutable fields) {
        if (headers.has(TRANSPORT_SECURITY)) {
            // The header of the upstream replaces that of the connector; only one is allowed (RFC 6797 section 7.1).
            fields.remove(TRANSPORT_SECURITY);
        }
        for (int i = 0; i < headers.size(); i++) {
            add(fields, headers.name(i), headers.value(i));
        }
        fields.add(TRACE_ID, exchange.context().trace().id().hex());
    }

    /** Adds a header. The upstream's Date replaces Jetty's, and the gateway sets the trace id; other headers may repeat. */
    private static void add(HttpFields.Mutable fields, String name, String value) {
        if (name.equalsIgnoreCase("Date")) {
            fields.put(name, value);
        } else if (!name.equalsIgnoreCase(TRACE_ID)) {
            fields.add(name, value);
        }
    }

    /**
     * Writes a head without a body. Over HTTP/2 the end of the request writes it, so that the head ends the stream. A gRPC client
     * requires this of a response without messages.
     */
    private void writeHead() throws IOException {
        clientTimer.expireIn(WRITE_TIMEOUT_NANOS);
        if (!isHttp2()) {
            servlet.flushBuffer();
        }
    }

    private boolean isHttp2() {
        return connection.getHttpVersion() == HttpVersion.HTTP_2;
    }

    /** A client may send frames before it knows that its handshake was refused. */
    private boolean isRefusedHandshake() {
        return exchange.request().headers().hasToken("Upgrade", WebSocketHandshake.TOKEN) && !isHttp2();
    }

    /**
     * Returns whether an interim response is blocked. Jetty reports it only by a runtime exception of the next write,
     * which looks like a defect of the gateway.
     */
    private boolean isInterimBlocked() {
        return connection.getConnection() instanceof HttpConnection http1
                && http1.getGenerator().isCommitted()
                && !servlet.isCommitted();
    }

    /**
     * Marks the end of a body of unknown length, so that a client detects truncation. Jetty writes chunks only on
     * persistent connections; the gateway writes them in all HTTP/1.1 responses. For HTTP/1.0 the end of the connection
     * is the end of the body.
     */
    private void markEnd(HttpFields.Mutable fields) throws IOException {
        HttpVersion version = connection.getHttpVersion();
        if (version == HttpVersion.HTTP_1_1) {
            fields.put(CHUNKED);
        } else if (version == HttpVersion.HTTP_1_0) {
            abortiveClose = true;
            AbortiveClose.enable(connection.getConnection().getEndPoint());
        }
    }

    private void endAbortiveClose() throws IOException {
        if (abortiveClose) {
            abortiveClose = false;
            AbortiveClose.disable(connection.getConnection().getEndPoint());
        }
    }

    private void copy(Body body) throws IOException {
        InputStream from = body.stream();
        OutputStream to = servlet.getOutputStream();
        if (from.available() == 0) {
            clientTimer.expireIn(WRITE_TIMEOUT_NANOS);
            to.flush();
            clientTimer.pause();
        }
        byte[] buffer = new byte[body.length() < 0 ? STREAM_BUFFER : (int) Math.min(body.length(), BUFFER)];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            boolean more = from.available() > 0;
            // Jetty would send the parts of a body of known length in several writes.
            while (more && read < buffer.length && body.length() >= 0) {
                read += Math.max(from.read(buffer, read, buffer.length - read), 0);
                more = from.available() > 0;
            }
            clientTimer.expireIn(WRITE_TIMEOUT_NANOS);
            to.write(buffer, 0, read);
            written += read;
            if (!more && written != body.length()) {
                to.flush();
            }
            if (read == buffer.length && read < BUFFER && body.length() < 0) {
                buffer = new byte[BUFFER];
            }
            clientTimer.pause();
        }
        clientTimer.expireIn(WRITE_TIMEOUT_NANOS);
        if (abortiveClose) {
            to.flush();
            endAbortiveClose();
        }
        to.close();
    }

    private static Map<String, String> map(Headers headers) {
        Map<String, String> map = new LinkedHashMap<>();
        headers.forEach((name, value) -> map.merge(name, value, (first, second) -> first + ", " + second));
        return map;
    }
}
