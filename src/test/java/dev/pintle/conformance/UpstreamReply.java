package dev.pintle.conformance;

/**
 * What an upstream answers to each request of a case, octet by octet.
 *
 * @param then what becomes of the connection
 */
record UpstreamReply(String octets, Then then) {
    enum Then {
        STAYS,
        CLOSES
    }

    static final UpstreamReply HELLO = of("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");

    /** A reply after which the upstream waits for the next request. */
    static UpstreamReply of(String octets) {
        return new UpstreamReply(octets, Then.STAYS);
    }

    /** A reply after which the upstream leaves. */
    static UpstreamReply last(String octets) {
        return new UpstreamReply(octets, Then.CLOSES);
    }
}
