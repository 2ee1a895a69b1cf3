package dev.pintle.http;

import org.jspecify.annotations.Nullable;

/**
 * An exchange's place in a distributed trace (W3C Trace Context).
 *
 * @param id of the trace, the same for everyone who takes part
 * @param span the gateway's own span: 16 lower-case hexadecimal digits
 * @param flags two hexadecimal digits
 * @param clientSpan the span of a client that sent a valid {@code traceparent}; null when the trace begins here
 */
public record TraceContext(
        TraceId id, String span, String flags, @Nullable String clientSpan) {
    /** The value of {@code traceparent} towards the upstream. */
    public String parent() {
        return parent(span, flags);
    }

    /** The value of {@code traceparent} for a child of another span of this trace. */
    public String parent(String otherSpan, String otherFlags) {
        return "00-" + id.hex() + '-' + otherSpan + '-' + otherFlags;
    }

    /** Whether the client's trace goes on, and its {@code tracestate} with it. */
    public boolean continued() {
        return clientSpan != null;
    }
}
