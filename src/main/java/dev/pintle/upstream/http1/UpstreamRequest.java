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

    private final String target;
    private final String host;
    private final transient Headers headers;
    private transient ReceivedContent content = ReceivedContent.NONE;

    UpstreamRequest(Target target, GatewayRequest request) {
        // Without a path, which HttpCore would parse as a URI.
        super(request.method(), (String) null);
        String path = target.join(request.path());
        this.target = request.query() == null ? path : path + '?' + request.query();
        this.host = request.authority().isEmpty() ? target.authority() : request.authority();
        this.headers = framed(upgraded(request), request.body().length());
    }

    private static Headers upgraded(GatewayRequest request) {
        if (request.webSocket() == null) {
            return request.headers();
        }
        String others = request.headers().first(HttpHeaders.CONNECTION);
        return request.headers().toBuilder()
                .set(HttpHeaders.CONNECTION, others == null ? "Upgrade" : others + ", Upgrade")
                .set(HttpHeaders.UPGRADE, WebSocketHandshake.TOKEN)
                .build();
    }

    /**
     * Sets the framing of the body. It follows the bytes that are sent, never the client's headers: {@code Connection:
     * Content-Length} could otherwise turn a body into the upstream's next request.
     */
    private static Headers framed(Headers headers, long length) {
        boolean announced = headers.has(HttpHeaders.CONTENT_LENGTH);
        if (length == 0 && !announced && !headers.has(HttpHeaders.TRANSFER_ENCODING)) {
            return headers;
        }
        Headers.Builder framed =
                headers.toBuilder().remove(HttpHeaders.CONTENT_LENGTH).remove(HttpHeaders.TRANSFER_ENCODING);
        if (length == Body.UNKNOWN) {
            framed.add(HttpHeaders.TRANSFER_ENCODING, "chunked");
        } else if (length > 0 || announced) {
            framed.add(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
        }
        return framed.build();
    }

    /** The path and the query. */
    String target() {
        return target;
    }

    String host() {
        return host;
    }

    /** All headers except {@code Host}. */
    Headers headers() {
        return headers;
    }

    /** The bytes of the body that are sent with the head. */
    ReceivedContent content() {
        return content;
    }

    /** Sends a whole body with the head. */
    void setContent(ReceivedContent whole) {
        content = whole;
    }

    /** Whether the upstream may safely receive the request twice. */
    boolean isIdempotent() {
        return IDEMPOTENT.contains(getMethod());
    }
}
