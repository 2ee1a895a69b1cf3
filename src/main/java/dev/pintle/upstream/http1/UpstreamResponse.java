package dev.pintle.upstream.http1;

import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/** A response head that knows the buffer it came from, so that octets behind the response are noticed. */
final class UpstreamResponse extends BasicClassicHttpResponse {
    private @Nullable SessionInputBuffer buffer;

    UpstreamResponse(int status, @Nullable String reason) {
        super(status, reason);
    }

    void readFrom(SessionInputBuffer origin) {
        buffer = origin;
    }

    /** Whether octets are there that do not belong to the response, once it was read whole. */
    boolean isFollowedByMore() {
        return buffer != null && buffer.length() > 0;
    }
}
