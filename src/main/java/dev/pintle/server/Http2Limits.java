package dev.pintle.server;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * {@code server.http2} in config.yml.
 *
 * @param maxConcurrentStreams the requests of one client connection at once; a long gRPC call is one of them
 */
record Http2Limits(@JsonProperty @Min(1) @Max(100_000) int maxConcurrentStreams) {
    /** The recommended minimum is 100 (RFC 9113 section 6.5.2). */
    static final Http2Limits DEFAULT = new Http2Limits(128);
}
