package dev.pintle.server.http2;

import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Refuses what makes a request of HTTP/2 malformed (RFC 9113 sections 8.2.2 and 8.3.1) and the server lets through. */
public final class Http2RequestValidator implements HttpConfiguration.Customizer {
    private static final List<String> OF_A_CONNECTION =
            List.of("Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "Upgrade");

    private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=%:\\[\\]-]*");

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        for (String name : OF_A_CONNECTION) {
            if (request.getHeaders().contains(name)) {
                throw new HttpException.RuntimeException(
                        HttpStatus.BAD_REQUEST_400, "HTTP/2 has no field " + name + "; leave it out");
            }
        }
        if (!isAuthority(request.getHttpURI().getAuthority())
                || !isAuthority(request.getHeaders().get(HttpHeader.HOST))) {
            throw new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400, "the host is not one");
        }
        return request;
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

    private static boolean isAuthority(@Nullable String value) {
        return value == null || AUTHORITY.matcher(value).matches();
    }
}
