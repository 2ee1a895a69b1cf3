package dev.pintle.upstream;

import dev.pintle.exchange.Body;
import dev.pintle.exchange.GatewayRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.ResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** A request in HttpClient's terms, octet for octet as the chain made it. */
final class UpstreamRequest extends BasicClassicHttpRequest {
    private static final long serialVersionUID = 1L;
    /** How much of a body is sent between two looks for an early answer; looking costs a system call. */
    private static final long LOOK_EVERY = 64 << 10;

    /** Stops sending a body as soon as the upstream has answered: it may have refused and stopped reading. */
    static final ResponseOutOfOrderStrategy EARLY_ANSWERS = UpstreamRequest::isAnsweredEarly;

    /** RFC 9110 section 9.2.2. */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    private long nextLook = LOOK_EVERY;
    private boolean answeredEarly;

    UpstreamRequest(Target target, GatewayRequest request) {
        super(request.method(), request.path());
        setPath(
                request.query() == null
                        ? target.join(request.path())
                        : target.join(request.path()) + '?' + request.query());
        addHeader(HttpHeaders.HOST, request.authority().isEmpty() ? target.authority() : request.authority());
        request.headers().forEach(this::addHeader);
        if (request.body().length() == Body.UNKNOWN) {
            removeHeaders(HttpHeaders.CONTENT_LENGTH);
            addHeader(HttpHeaders.TRANSFER_ENCODING, "chunked");
        }
    }

    /** Whether it does no harm when the upstream sees it twice. */
    boolean isIdempotent() {
        return IDEMPOTENT.contains(getMethod());
    }

    /** Whether the answer came while the body was still being sent; the connection is then of no further use. */
    boolean answeredEarly() {
        return answeredEarly;
    }

    private static boolean isAnsweredEarly(
            HttpRequest request, HttpClientConnection connection, InputStream socket, long sent, long next)
            throws IOException {
        return request instanceof UpstreamRequest upstream && upstream.look(socket, sent);
    }

    private boolean look(InputStream socket, long sent) throws IOException {
        if (!answeredEarly && sent >= nextLook) {
            nextLook = sent + LOOK_EVERY;
            answeredEarly = socket.available() > 0;
        }
        return answeredEarly;
    }
}
