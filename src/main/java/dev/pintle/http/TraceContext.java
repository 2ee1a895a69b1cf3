package dev.pintle.http;

import org.jspecify.annotations.Nullable;

/**
 * The position of an exchange in a distributed trace (W3C Trace Context).
 *
 * @param id of the trace, the same for all participants
 * @param span the gateway's own span: 16 lower-case hexadecimal digits
 * @param flags two hexadecimal digits
 * @param clientSpan the span of a client with a valid {@code traceparent}; null when the trace begins here
 */
public record TraceContext(
        TraceId id, String span, String flags, @Nullable String clientSpan) {
    /** The value of {@code traceparent} for the upstream. */
    public String parent() {
        return parent(span, flags);
    }

    /** The value of {@code traceparent} for a child of another span of this trace. */
    public String parent(String otherSpan, String otherFlags) {
        return "00-" + id.hex() + '-' + otherSpan + '-' + otherFlags;
    }

    /** Whether this exchange continues the client's trace and forwards its {@code tracestate}. */
    public boolean continued() {
        return clientSpan != null;
    }
}
