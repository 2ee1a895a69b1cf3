package dev.pintle.upstream.http1;

import dev.pintle.http.Body;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.WebSocketHandshake;
import dev.pintle.upstream.target.Target;
import java.util.Set;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** A request for HttpClient, byte for byte as the filter chain built it. */
final class UpstreamRequest extends BasicClassicHttpRequest {
    private static final long serialVersionUID = 1L;
    /** RFC 9110 section 9.2.2. */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    UpstreamRequest(Target target, GatewayRequest request) {
        super(request.method(), request.path());
        setPath(
                request.query() == null
                        ? target.join(request.path())
                        : target.join(request.path()) + '?' + request.query());
        addHeader(HttpHeaders.HOST, request.authority().isEmpty() ? target.authority() : request.authority());
        request.headers().forEach(this::addHeader);
        if (request.webSocket() != null) {
            Header others = getFirstHeader(HttpHeaders.CONNECTION);
            setHeader(HttpHeaders.CONNECTION, others == null ? "Upgrade" : others.getValue() + ", Upgrade");
            setHeader(HttpHeaders.UPGRADE, WebSocketHandshake.TOKEN);
        }
        frame(request.body().length());
    }

    /**
     * Sets the framing of the body. It follows the bytes that are sent, never the client's headers: {@code Connection:
     * Content-Length} could otherwise turn a body into the upstream's next request.
     */
    private void frame(long length) {
        boolean announced = containsHeader(HttpHeaders.CONTENT_LENGTH);
        removeHeaders(HttpHeaders.CONTENT_LENGTH);
        removeHeaders(HttpHeaders.TRANSFER_ENCODING);
        if (length == Body.UNKNOWN) {
            addHeader(HttpHeaders.TRANSFER_ENCODING, "chunked");
        } else if (length > 0 || announced) {
            addHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
        }
    }

    /** Whether the upstream may safely receive the request twice. */
    boolean isIdempotent() {
        return IDEMPOTENT.contains(getMethod());
    }
}
