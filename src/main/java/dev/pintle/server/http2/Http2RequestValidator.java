package dev.pintle.server.http2;

import dev.pintle.server.guards.HeadLimits;
import dev.pintle.server.guards.HeadRefusedException;
import dev.pintle.server.guards.HostHeader;
import java.util.List;
import java.util.function.Supplier;
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

/** Refuses HTTP/2 requests that are too large, or malformed (RFC 9113 sections 8.2.2 and 8.3.1), and that Jetty lets through. */
public final class Http2RequestValidator implements HttpConfiguration.Customizer {
    private static final List<String> OF_A_CONNECTION =
            List.of("Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "Upgrade");

    private final Supplier<HeadLimits> limits;

    Http2RequestValidator(Supplier<HeadLimits> limits) {
        this.limits = limits;
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        checkSize(request);
        for (String name : OF_A_CONNECTION) {
            if (request.getHeaders().contains(name)) {
                throw HeadRefusedException.malformed("HTTP/2 has no header " + name + "; leave it out");
            }
        }
        if (!isHost(request.getHttpURI().getAuthority())
                || !isHost(request.getHeaders().get(HttpHeader.HOST))) {
            throw HeadRefusedException.malformed("the authority is no host with an optional port");
        }
        return request;
    }

    /** As HTTP/1.1 does while it reads, and by the sizes of RFC 9113 section 6.5.2. */
    private void checkSize(Request request) {
        Http2Head head = Http2Head.of(request);
        limits.get().checkHeaders(head.headers());
        HeadLimits.checkBytes(
                head.bytes(),
                request.getConnectionMetaData().getHttpConfiguration().getRequestHeaderSize());
    }

    /** A malformed request is an error of its stream; before it there may be an answer (RFC 9113 section 8.1.1). */
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
