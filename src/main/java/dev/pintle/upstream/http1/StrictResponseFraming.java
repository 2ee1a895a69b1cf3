package dev.pintle.upstream.http1;

import dev.pintle.http.Headers;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.NotImplementedException;
import org.apache.hc.core5.http.ProtocolException;

/**
 * Determines the end of a response body (RFC 9112 section 6.3) without leniency: it rejects ambiguous framing.
 */
final class StrictResponseFraming {
    private static final int MOST_DIGITS = 18;

    private StrictResponseFraming() {}

    /** Returns the length of the body in bytes, or a constant of {@link ContentLengthStrategy}. */
    static long lengthOf(UpstreamResponse response) throws ProtocolException {
        Headers headers = response.headers();
        String coding = headers.first(HttpHeaders.TRANSFER_ENCODING);
        String length = headers.first(HttpHeaders.CONTENT_LENGTH);
        if (coding != null) {
            if (headers.isRepeated(HttpHeaders.TRANSFER_ENCODING)
                    || length != null
                    || !HttpVersion.HTTP_1_1.equals(response.getVersion())) {
                throw new ProtocolException("the response's Transfer-Encoding is ambiguous");
            }
            if (!"chunked".equalsIgnoreCase(coding.strip())) {
                throw new NotImplementedException("the response's Transfer-Encoding is not chunked");
            }
            return ContentLengthStrategy.CHUNKED;
        }
        if (length == null) {
            return ContentLengthStrategy.UNDEFINED;
        }
        if (headers.isRepeated(HttpHeaders.CONTENT_LENGTH) || !isNumber(length)) {
            throw new ProtocolException("the response's Content-Length is ambiguous");
        }
        return Long.parseLong(length);
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MOST_DIGITS;
    }
}
