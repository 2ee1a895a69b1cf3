package dev.pintle.upstream.http2;

import java.io.IOException;

/** A target selected HTTP/1.1 by ALPN, or supports no ALPN. Nothing was sent. */
final class Http1SelectedException extends IOException {
    private static final long serialVersionUID = 1L;

    Http1SelectedException() {
        super("it does not offer HTTP/2 (ALPN)");
    }
}
