package dev.pintle.upstream.http1;

import dev.pintle.http.EventStream;
import dev.pintle.http.Headers;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.IdentityInputStream;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.message.StatusLine;

/** A response head and the connection that it came from. HttpCore sees none of its headers. Used by one thread. */
final class UpstreamResponse extends BasicClassicHttpResponse {
    private static final long serialVersionUID = 1L;

    private final transient Headers headers;
    private final transient Origin origin;

    private UpstreamResponse(StatusLine line, Headers headers, Origin origin) {
        super(line.getStatusCode());
        this.headers = headers;
        this.origin = origin;
    }

    static UpstreamResponse of(StatusLine line, Headers headers, Origin origin) {
        UpstreamResponse response = new UpstreamResponse(line, headers, origin);
        response.setVersion(line.getProtocolVersion());
        return response;
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

    Headers headers() {
        return headers;
    }

    /** The body after this head. {@code length} is in bytes, or a constant of {@link ContentLengthStrategy}. */
    InputStream content(long length) {
        if (length == ContentLengthStrategy.CHUNKED) {
            return new ChunkedInputStream(origin.buffer, origin.guard, origin.config);
        }
        return length == ContentLengthStrategy.UNDEFINED
                ? new IdentityInputStream(origin.buffer, origin.stream)
                : new ContentLengthInputStream(origin.buffer, origin.stream, length);
    }

    /** The bytes that arrived with this head and do not belong to it. */
    byte[] following() throws IOException {
        byte[] following = new byte[origin.buffer.length()];
        for (int read = 0; read < following.length; ) {
            read += origin.buffer.read(following, read, following.length - read, origin.stream);
        }
        return following;
    }

    /** Whether the body is a stream of server-sent events, which is silent for as long as nothing happens. */
    boolean isEventStream() {
        return EventStream.matches(headers.first(HttpHeaders.CONTENT_TYPE));
    }

    /** Whether the upstream keeps the connection open after a response with a known end (RFC 9112 section 9.3). */
    boolean isPersistent() {
        String options = headers.has(HttpHeaders.CONNECTION) ? HttpHeaders.CONNECTION : "Proxy-Connection";
        return getVersion().greaterEquals(HttpVersion.HTTP_1_1)
                ? !headers.hasToken(options, "close")
                : headers.hasToken(options, "keep-alive");
    }

    /** Whether a head that ends the response announces content, so that its end is uncertain. */
    boolean announcesForbiddenContent() {
        return getCode() == HttpStatus.SC_NO_CONTENT
                && (headers.has(HttpHeaders.CONTENT_LENGTH) || headers.has(HttpHeaders.TRANSFER_ENCODING));
    }

    /** Whether bytes follow the completely read response that do not belong to it. */
    boolean isFollowedByMore() {
        return origin.buffer.length() > 0;
    }
}
