package dev.pintle.upstream;

import dev.pintle.exchange.Body;
import dev.pintle.exchange.GatewayRequest;
import java.util.Set;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** A request in HttpClient's terms, octet for octet as the chain made it. */
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
        if (request.body().length() == Body.UNKNOWN) {
            removeHeaders(HttpHeaders.CONTENT_LENGTH);
            addHeader(HttpHeaders.TRANSFER_ENCODING, "chunked");
        }
    }

    /** Whether it does no harm when the upstream sees it twice. */
    boolean isIdempotent() {
        return IDEMPOTENT.contains(getMethod());
    }
}
