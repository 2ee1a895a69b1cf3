package dev.pintle.exchange;

/**
 * An exchange's place in a distributed trace (W3C Trace Context).
 *
 * @param id of the trace, the same for everyone who takes part
 * @param span the gateway's own span: 16 lower-case hexadecimal digits
 * @param flags two hexadecimal digits
 * @param continued whether the client sent a valid {@code traceparent}, so that its {@code tracestate} goes on too
 */
public record Trace(TraceId id, String span, String flags, boolean continued) {
    /** The value of {@code traceparent} towards the upstream. */
    public String parent() {
        return "00-" + id.hex() + '-' + span + '-' + flags;
    }
}
