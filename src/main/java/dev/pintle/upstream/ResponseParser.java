package dev.pintle.upstream;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponseFactory;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.message.LazyLineParser;

/** Reads response heads strictly: control characters in fields could be read as the end of a line further on. */
final class ResponseParser extends DefaultHttpResponseParser {
    ResponseParser(Http1Config config) {
        super(config, LazyLineParser.INSTANCE, new Responses());
    }

    private static final class Responses implements HttpResponseFactory<ClassicHttpResponse> {
        @Override
        public ClassicHttpResponse newHttpResponse(int status, String reason) {
            return new UpstreamResponse(status, reason);
        }

        @Override
        public ClassicHttpResponse newHttpResponse(int status) {
            return new UpstreamResponse(status, null);
        }
    }

    @Override
    public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream socket) throws IOException, HttpException {
        ClassicHttpResponse response = super.parse(buffer, socket);
        if (response instanceof UpstreamResponse upstream) {
            upstream.readFrom(buffer);
            check(response);
        }
        return response;
    }

    private static void check(ClassicHttpResponse response) throws ProtocolException {
        for (Header header : response.getHeaders()) {
            String value = header.getValue();
            for (int i = 0; value != null && i < value.length(); i++) {
                if ((value.charAt(i) < ' ' && value.charAt(i) != '\t') || value.charAt(i) == 0x7f) {
                    throw new ProtocolException("a control character in the field " + header.getName());
                }
            }
        }
    }
}
