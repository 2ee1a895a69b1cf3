package dev.pintle.upstream.http1;

import dev.pintle.http.Body;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.Headers;
import dev.pintle.http.WebSocketHandshake;
import dev.pintle.upstream.target.Target;
import java.util.Set;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/**
 * A request for HttpClient, byte for byte as the filter chain built it. {@link RequestHeadWriter} writes its head; HttpCore
 * knows no header of it.
 */
final class UpstreamRequest extends BasicClassicHttpRequest {
    private static final long serialVersionUID = 1L;
    /** RFC 9110 section 9.2.2. */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    private static final int MOST_ADDED = 4;

    private final String target;
    private final transient Headers headers;

    UpstreamRequest(Target target, GatewayRequest request) {
        // Without a path, which HttpCore would parse as a URI.
        super(request.method(), (String) null);
        String path = target.join(request.path());
        this.target = request.query() == null ? path : path + '?' + request.query();
        Headers.Builder all = Headers.builder(request.headers().size() + MOST_ADDED)
                .add(HttpHeaders.HOST, request.authority().isEmpty() ? target.authority() : request.authority());
        request.headers().forEach(all::add);
        if (request.webSocket() != null) {
            String others = request.headers().first(HttpHeaders.CONNECTION);
            all.set(HttpHeaders.CONNECTION, others == null ? "Upgrade" : others + ", Upgrade");
            all.set(HttpHeaders.UPGRADE, WebSocketHandshake.TOKEN);
        }
        frame(request.body().length(), request.headers().has(HttpHeaders.CONTENT_LENGTH), all);
        this.headers = all.build();
    }

    /**
     * Sets the framing of the body. It follows the bytes that are sent, never the client's headers: {@code Connection:
     * Content-Length} could otherwise turn a body into the upstream's next request.
     */
    private static void frame(long length, boolean announced, Headers.Builder headers) {
        headers.remove(HttpHeaders.CONTENT_LENGTH).remove(HttpHeaders.TRANSFER_ENCODING);
        if (length == Body.UNKNOWN) {
            headers.add(HttpHeaders.TRANSFER_ENCODING, "chunked");
        } else if (length > 0 || announced) {
            headers.add(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
        }
    }

    /** The path and the query. */
    String target() {
        return target;
    }

    Headers headers() {
        return headers;
    }

    /** Whether the upstream may safely receive the request twice. */
    boolean isIdempotent() {
        return IDEMPOTENT.contains(getMethod());
    }
}
