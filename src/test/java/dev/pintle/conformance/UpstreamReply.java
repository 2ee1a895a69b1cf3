package dev.pintle.conformance;

/**
 * The response of an upstream to each request of a case, byte by byte.
 *
 * @param then the fate of the connection
 */
record UpstreamReply(String bytes, Then then) {
    enum Then {
        STAYS,
        CLOSES
    }

    static final UpstreamReply HELLO = of("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");

    /** A reply after which the upstream waits for the next request. */
    static UpstreamReply of(String bytes) {
        return new UpstreamReply(bytes, Then.STAYS);
    }

    /** A reply after which the upstream closes the connection. */
    static UpstreamReply last(String bytes) {
        return new UpstreamReply(bytes, Then.CLOSES);
    }
}
