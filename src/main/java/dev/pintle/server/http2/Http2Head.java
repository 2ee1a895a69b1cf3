package dev.pintle.server.http2;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The size of a request head in HTTP/2.
 *
 * @param headers without pseudo-headers; all cookies count as one, because clients send each in a header of its own (RFC 9113
 *     section 8.2.3)
 * @param bytes of names and values, and 32 for each (RFC 9113 section 6.5.2)
 */
record Http2Head(int headers, long bytes) {
    private static final int OVERHEAD = 32;

    static Http2Head of(String method, HttpURI uri, HttpFields fields) {
        long bytes = length(method) + length(uri.getAuthority()) + length(uri.getPathQuery()) + 4L * OVERHEAD;
        int headers = 0;
        int cookies = 0;
        for (HttpField field : fields) {
            bytes += length(field.getName()) + length(field.getValue()) + OVERHEAD;
            headers += field.getHeader() == HttpHeader.COOKIE ? 0 : 1;
            cookies = field.getHeader() == HttpHeader.COOKIE ? 1 : cookies;
        }
        return new Http2Head(headers + cookies, bytes);
    }

    static Http2Head of(Request request) {
        return of(request.getMethod(), request.getHttpURI(), request.getHeaders());
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
