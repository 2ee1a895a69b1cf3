package dev.pintle.upstream.http2;

/** The target refused one stream (REFUSED_STREAM), as it does when it is busy. Its connection goes on. */
final class RefusedStreamException extends UnprocessedException {
    private static final long serialVersionUID = 1L;

    RefusedStreamException() {
        super("refused the stream");
    }
}
