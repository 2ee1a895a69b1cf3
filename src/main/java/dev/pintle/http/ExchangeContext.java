package dev.pintle.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came to be known of one exchange: written by policies on the way, read by observers at its end. Written by the
 * thread of the exchange alone.
 */
public final class ExchangeContext {
    /** The route of requests that matched none. */
    public static final String NO_ROUTE = "-";

    private final TraceContext trace;
    private final ExchangeRecorder recorder;
    private final List<String> targets = new ArrayList<>(2);
    private ExchangeMeter meter;
    private String route = NO_ROUTE;
    private RetryDestination outlook = RetryDestination.SAME_TARGET;
    private @Nullable String pattern;
    private @Nullable ErrorCode code;
    private @Nullable String detail;
    private long upstreamNanos;

    /**
     * Nothing is known yet but the trace.
     *
     * @param meter counts the exchange until a route takes it
     */
    public ExchangeContext(TraceContext trace, ExchangeMeter meter) {
        this(trace, ExchangeRecorder.NONE, meter);
    }

    /** The same, and what becomes known of it is kept in a journal as well. */
    public ExchangeContext(TraceContext trace, ExchangeRecorder recorder, ExchangeMeter meter) {
        this.trace = trace;
        this.recorder = recorder;
        this.meter = meter;
    }

    public TraceContext trace() {
        return trace;
    }

    /** Where it is kept how the exchange went. */
    public ExchangeRecorder recorder() {
        return recorder;
    }

    /** Who counts the exchange. */
    public ExchangeMeter meter() {
        return meter;
    }

    /** The id of the route that took the exchange, or {@link #NO_ROUTE}. */
    public String route() {
        return route;
    }

    /** The path that the route matches; null when none took the exchange. */
    public @Nullable String pattern() {
        return pattern;
    }

    /** A route takes the exchange, and counts it from here on. */
    public void routed(String id, String path, ExchangeMeter itsMeter) {
        pattern = path;
        meter.transferred();
        itsMeter.began();
        route = id;
        meter = itsMeter;
    }

    /** How many requests were sent, or tried to be sent, to targets. */
    public int attempts() {
        return targets.size();
    }

    /** Another attempt begins, at the target of that URL. */
    public void attempt(String url) {
        targets.add(url);
    }

    /** The URL of the target of the latest attempt. */
    public @Nullable String target() {
        return targets.isEmpty() ? null : targets.getLast();
    }

    /** Whether an attempt went to the target of that URL. */
    public boolean tried(String url) {
        return targets.contains(url);
    }

    /** Where a further attempt could go, as it was after the latest that failed. */
    public RetryDestination outlook() {
        return outlook;
    }

    public void outlook(RetryDestination now) {
        outlook = now;
    }

    /** Why the gateway answered by itself, or broke off; null when the answer is the upstream's. */
    public @Nullable ErrorCode code() {
        return code;
    }

    /** What went wrong in one sentence, for the log. */
    public @Nullable String detail() {
        return detail;
    }

    public void failed(ErrorCode why, String sentence) {
        code = why;
        detail = sentence;
    }

    /** Nanoseconds from the start of each attempt to its head or its end, added up. */
    public long upstreamNanos() {
        return upstreamNanos;
    }

    public void upstreamTook(long nanos) {
        upstreamNanos += nanos;
    }
}
