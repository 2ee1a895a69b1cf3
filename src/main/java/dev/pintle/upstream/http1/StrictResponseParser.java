package dev.pintle.upstream.http1;

import dev.pintle.http.HttpToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponseFactory;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.BasicLineParser;
import org.apache.hc.core5.util.CharArrayBuffer;
import org.jspecify.annotations.Nullable;

/** Parses response heads strictly. It rejects invalid headers and headers that a later parser could split. */
final class StrictResponseParser extends DefaultHttpResponseParser {
    private final Http1Config config;
    private final int maxHeadBytes;
    private @Nullable HeadSizeLimit limit;
    private UpstreamResponse.@Nullable Origin origin;

    /** @param maxHeadBytes of names and values */
    StrictResponseParser(Http1Config config, int maxHeadBytes) {
        super(config, new HeaderLines(), new Responses());
        this.config = config;
        this.maxHeadBytes = maxHeadBytes;
    }

    /** Reads a header line without a tokenizer, which would copy each name three times. */
    private static final class HeaderLines extends BasicLineParser {
        @Override
        public Header parseHeader(CharArrayBuffer line) throws ParseException {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new ParseException("a header line without a colon", line, 0, line.length());
            }
            return new BasicHeader(line.substring(0, colon), line.substringTrimmed(colon + 1, line.length()));
        }
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
        UpstreamResponse.Origin from = origin(buffer, socket);
        from.guard().head(buffer.length() > 0);
        HeadSizeLimit limited = Objects.requireNonNull(limit);
        limited.head();
        ClassicHttpResponse response = super.parse(buffer, limited);
        if (response instanceof UpstreamResponse upstream) {
            upstream.readFrom(from);
            check(response);
        }
        return response;
    }

    /** A connection has one buffer, one stream and one parser. */
    private UpstreamResponse.Origin origin(SessionInputBuffer buffer, InputStream socket) {
        UpstreamResponse.Origin current = origin;
        if (current == null || !current.stream().equals(socket)) {
            current = new UpstreamResponse.Origin(buffer, socket, new TruncationGuard(socket), config);
            limit = new HeadSizeLimit(current.guard(), maxHeadBytes + config.getBufferSize());
            origin = current;
        }
        return current;
    }

    private void check(ClassicHttpResponse response) throws IOException, ProtocolException {
        int bytes = 0;
        for (Header header : response.getHeaders()) {
            bytes += header.getName().length()
                    + (header.getValue() == null ? 0 : header.getValue().length());
            if (bytes > maxHeadBytes) {
                throw new MessageConstraintException("Maximum head size exceeded");
            }
            if (!HttpToken.matches(header.getName())) {
                throw new ProtocolException("a header whose name is not a token");
            }
            String value = header.getValue();
            for (int i = 0; value != null && i < value.length(); i++) {
                if ((value.charAt(i) < ' ' && value.charAt(i) != '\t') || value.charAt(i) == 0x7f) {
                    throw new ProtocolException("a control character in the header " + header.getName());
                }
            }
        }
    }
}
