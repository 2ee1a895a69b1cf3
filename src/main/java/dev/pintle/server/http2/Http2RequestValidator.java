package dev.pintle.server.http2;

import dev.pintle.server.guards.HeadLimits;
import dev.pintle.server.guards.HeadRefusedException;
import dev.pintle.server.guards.HostHeader;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Rejects HTTP/2 requests that Jetty accepts although they are too large or malformed (RFC 9113 sections 8.2.2 and
 * 8.3.1).
 */
public final class Http2RequestValidator implements HttpConfiguration.Customizer {
    private static final List<String> CONNECTION_HEADERS =
            List.of("Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "Upgrade");

    /** Jetty accepts a sign too (RFC 9110 section 8.6), see {@code JettyDefectsTest}. */
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private final Supplier<HeadLimits> limits;

    Http2RequestValidator(Supplier<HeadLimits> limits) {
        this.limits = limits;
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        checkSize(request);
        for (String name : CONNECTION_HEADERS) {
            if (request.getHeaders().contains(name)) {
                throw HeadRefusedException.malformed("HTTP/2 has no header " + name + "; remove it");
            }
        }
        String length = request.getHeaders().get(HttpHeader.CONTENT_LENGTH);
        if (length != null && !DIGITS.matcher(length).matches()) {
            throw HeadRefusedException.malformed("Content-Length is not a number of digits");
        }
        if (!isHost(request.getHttpURI().getAuthority())
                || !isHost(request.getHeaders().get(HttpHeader.HOST))) {
            throw HeadRefusedException.malformed("the authority is not a host with an optional port");
        }
        return request;
    }

    /** Checks the limits that HTTP/1.1 checks while it parses, by the sizes of RFC 9113 section 6.5.2. */
    private void checkSize(Request request) {
        Http2Head head = Http2Head.of(request);
        limits.get().checkHeaders(head.headers());
        HeadLimits.checkBytes(
                head.bytes(),
                request.getConnectionMetaData().getHttpConfiguration().getRequestHeaderSize());
    }

    /** Ends a malformed request with a stream error; a response may precede it (RFC 9113 section 8.1.1). */
    public static void reset(Request request) {
        HTTP2Connection connection =
                (HTTP2Connection) request.getConnectionMetaData().getConnection();
        int id = Integer.parseInt(request.getId());
        Stream stream = connection.getSession().getStream(id);
        if (stream != null) {
            stream.reset(new ResetFrame(id, ErrorCode.PROTOCOL_ERROR.code), Callback.NOOP);
        }
    }

    private static boolean isHost(@Nullable String value) {
        return value == null || HostHeader.isValid(value);
    }
}
