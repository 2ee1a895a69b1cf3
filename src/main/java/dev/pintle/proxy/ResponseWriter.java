package dev.pintle.proxy;

import dev.pintle.http.Body;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.Headers;
import dev.pintle.server.guards.MinimumDataRate;
import dev.pintle.time.WatchdogTimer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * Writes one response to the client. The head leaves with the first body bytes if these are available, otherwise
 * immediately; the body leaves as it arrives. A slow client ends the exchange. Used by one thread.
 */
final class ResponseWriter {
    private static final int BUFFER = 16 << 10;
    private static final long PATIENCE_NANOS = MinimumDataRate.timeFor(BUFFER).toNanos();
    private static final String TRANSPORT_SECURITY = "Strict-Transport-Security";
    private static final HttpField CHUNKED =
            new PreEncodedHttpField(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED.asString());

    private final HttpServletResponse servlet;
    private final Response response;
    private final Body request;
    private final WatchdogTimer patience;
    private boolean abortiveClose;
    private long written;

    /**
     * @param request the client's body, which the answer may come before the end of
     * @param patience is set while the client is waited for
     */
    ResponseWriter(HttpServletResponse servlet, Response response, Body request, WatchdogTimer patience) {
        this.servlet = servlet;
        this.response = response;
        this.request = request;
        this.patience = patience;
    }

    /** The body bytes written to the client's connection. */
    long written() {
        return written;
    }

    /** The status that the client was given. */
    int status() {
        return response.getStatus();
    }

    /**
     * Discards the written bytes if none was sent to the client; false otherwise.
     *
     * @throws IOException when the client's connection is closed
     */
    boolean beginAgain() throws IOException {
        if (servlet.isCommitted()) {
            return false;
        }
        endAbortiveClose();
        servlet.reset();
        written = 0;
        return true;
    }

    /**
     * Writes the whole answer.
     *
     * @param acceptsTrailers whether the answer's trailers may follow its body
     * @throws IOException when the client's connection does not take it
     * @throws dev.pintle.http.ExchangeException when the answer's body breaks off
     */
    void write(FinalResponse answer, String traceId, BooleanSupplier acceptsTrailers) throws IOException {
        if (isInterimStuck()) {
            throw new IOException("the client's connection did not take an interim response");
        }
        response.setStatus(answer.status());
        HttpFields.Mutable fields = response.getHeaders();
        if (answer.headers().has(TRANSPORT_SECURITY)) {
            // The connector's own is for those who say nothing; there must be one only (RFC 6797 section 7.1).
            fields.remove(TRANSPORT_SECURITY);
        }
        answer.headers().forEach((name, value) -> add(fields, name, value));
        fields.put("X-Trace-ID", traceId);
        if (answer.status() == HttpStatus.NO_CONTENT_204) {
            fields.remove("Content-Length");
        }
        if (RequestBodyStream.leavesRest(request)) {
            // The next bytes would be parsed as a request (RFC 9112 section 9.3).
            fields.put(HttpFields.CONNECTION_CLOSE);
        }
        Body body = answer.body();
        patience.expireIn(PATIENCE_NANOS);
        if (body.length() == 0) {
            servlet.flushBuffer();
            return;
        }
        if (body.length() == Body.UNKNOWN && acceptsTrailers.getAsBoolean()) {
            servlet.setTrailerFields(() -> map(body.trailers()));
        }
        if (body.length() == Body.UNKNOWN) {
            delimit(fields);
        }
        copy(body);
    }

    /** Jetty reports it only by a runtime exception from the next write, which looks like a fault of the gateway. */
    private boolean isInterimStuck() {
        return connection() instanceof HttpConnection http1
                && http1.getGenerator().isCommitted()
                && !servlet.isCommitted();
    }

    /**
     * Makes sure that a client sees where a body of unknown length ends, and when it is cut. Jetty writes chunks only
     * on
     * connections that persist; here every HTTP/1.1 response has them. Towards HTTP/1.0 the end of the connection is
     * the end of
     * the body.
     */
    private void delimit(HttpFields.Mutable fields) throws IOException {
        HttpVersion version = response.getRequest().getConnectionMetaData().getHttpVersion();
        if (version == HttpVersion.HTTP_1_1) {
            fields.put(CHUNKED);
        } else if (version == HttpVersion.HTTP_1_0) {
            abortiveClose = true;
            AbortiveClose.enable(connection().getEndPoint());
        }
    }

    private void endAbortiveClose() throws IOException {
        if (abortiveClose) {
            abortiveClose = false;
            AbortiveClose.disable(connection().getEndPoint());
        }
    }

    /** The upstream's Date replaces Jetty's; other headers may repeat. */
    private static void add(HttpFields.Mutable fields, String name, String value) {
        if (name.equalsIgnoreCase("Date")) {
            fields.put(name, value);
        } else {
            fields.add(name, value);
        }
    }

    private void copy(Body body) throws IOException {
        InputStream from = body.stream();
        OutputStream to = servlet.getOutputStream();
        if (from.available() == 0) {
            to.flush();
        }
        byte[] buffer = new byte[body.length() < 0 ? BUFFER : (int) Math.min(body.length(), BUFFER)];
        patience.pause();
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            patience.expireIn(PATIENCE_NANOS);
            to.write(buffer, 0, read);
            written += read;
            if (from.available() == 0 && written != body.length()) {
                to.flush();
            }
            patience.pause();
        }
        patience.expireIn(PATIENCE_NANOS);
        if (abortiveClose) {
            to.flush();
            endAbortiveClose();
        }
        to.close();
    }

    private Connection connection() {
        return response.getRequest().getConnectionMetaData().getConnection();
    }

    private static Map<String, String> map(Headers headers) {
        Map<String, String> map = new LinkedHashMap<>();
        headers.forEach((name, value) -> map.merge(name, value, (first, second) -> first + ", " + second));
        return map;
    }
}
