package dev.pintle.upstream.http1;

import dev.pintle.http.EventStream;
import java.io.InputStream;
import java.util.Objects;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.IdentityInputStream;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/** A response head and the connection that it came from. Used by one thread. */
final class UpstreamResponse extends BasicClassicHttpResponse {
    private static final long serialVersionUID = 1L;

    private transient @Nullable Origin origin;

    UpstreamResponse(int status, @Nullable String reason) {
        super(status, reason);
    }

    /**
     * The input of responses on one connection.
     *
     * @param buffer bytes that were read but not consumed
     * @param stream the bytes that follow them
     * @param guard the same stream for self-delimiting parts
     * @param config limits of trailers
     */
    record Origin(SessionInputBuffer buffer, InputStream stream, TruncationGuard guard, Http1Config config) {}

    void readFrom(Origin connection) {
        origin = connection;
    }

    /** The body after this head. {@code length} is in bytes, or a constant of {@link ContentLengthStrategy}. */
    InputStream content(long length) {
        Origin from = Objects.requireNonNull(origin);
        if (length == ContentLengthStrategy.CHUNKED) {
            return new ChunkedInputStream(from.buffer, from.guard, from.config);
        }
        return length == ContentLengthStrategy.UNDEFINED
                ? new IdentityInputStream(from.buffer, from.stream)
                : new ContentLengthInputStream(from.buffer, from.stream, length);
    }

    /** Whether the body is a stream of server-sent events, which is silent for as long as nothing happens. */
    boolean isEventStream() {
        Header type = getFirstHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && EventStream.matches(type.getValue());
    }

    /** Whether bytes follow the completely read response that do not belong to it. */
    boolean isFollowedByMore() {
        return origin != null && origin.buffer.length() > 0;
    }
}
