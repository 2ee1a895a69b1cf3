package dev.pintle.upstream.http2;

/** A target that may choose its protocol does not choose HTTP/2. The request is untouched. */
public final class ProtocolNotSelectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProtocolNotSelectedException() {
        super("HTTP/1.1 was selected", null, false, false);
    }
}
