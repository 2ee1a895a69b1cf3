package dev.pintle.upstream.http2;

/**
 * The target did not process a request, so that it is safe to send it again (RFC 9113 section 8.7). It has no stack
 * trace, because its cause is outside this process.
 */
sealed class UnprocessedException extends RuntimeException permits RefusedStreamException {
    private static final long serialVersionUID = 1L;

    /** @param reason the predicate of a sentence about the target */
    UnprocessedException(String reason) {
        super(reason, null, false, false);
    }
}
