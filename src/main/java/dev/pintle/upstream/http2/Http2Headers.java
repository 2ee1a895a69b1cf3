package dev.pintle.upstream.http2;

import dev.pintle.http.Headers;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/** Converts the headers of a target. */
final class Http2Headers {
    private Http2Headers() {}

    static Headers of(HttpFields fields) {
        Headers.Builder headers = Headers.builder();
        for (HttpField field : fields) {
            headers.add(field.getName(), field.getValue() == null ? "" : field.getValue());
        }
        return headers.build();
    }
}
