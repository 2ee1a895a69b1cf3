package dev.pintle.upstream.http1;

import java.util.regex.Pattern;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.ProtocolException;

/**
 * Determines the end of a response body (RFC 9112 section 6.3) without leniency: it rejects ambiguous framing.
 */
enum StrictResponseFraming implements ContentLengthStrategy {
    STRICT;

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    @Override
    public long determineLength(HttpMessage response) throws HttpException {
        Header[] codings = response.getHeaders(HttpHeaders.TRANSFER_ENCODING);
        Header[] lengths = response.getHeaders(HttpHeaders.CONTENT_LENGTH);
        if (codings.length > 0) {
            if (codings.length > 1
                    || lengths.length > 0
                    || !"chunked".equalsIgnoreCase(codings[0].getValue().strip())
                    || !HttpVersion.HTTP_1_1.equals(response.getVersion())) {
                throw new ProtocolException("the response's Transfer-Encoding is ambiguous or not supported");
            }
            return CHUNKED;
        }
        if (lengths.length == 0) {
            return UNDEFINED;
        }
        if (lengths.length > 1 || !DIGITS.matcher(lengths[0].getValue()).matches()) {
            throw new ProtocolException("the response's Content-Length is ambiguous");
        }
        return Long.parseLong(lengths[0].getValue());
    }
}
