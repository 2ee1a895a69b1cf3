package dev.pintle.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The facts about one exchange: policies write them, and logs, metrics and traces read them at the end. Written by the
 * thread of the exchange only.
 */
public final class ExchangeContext {
    /** The route of an exchange that matched none. */
    public static final String NO_ROUTE = "-";

    private final TraceContext trace;
    private final ExchangeRecorder recorder;
    private final List<String> targets = new ArrayList<>(2);
    private ExchangeMeter meter;
    private String route = NO_ROUTE;
    private RetryDestination retryDestination = RetryDestination.SAME_TARGET;
    private @Nullable String pattern;
    private Map<String, String> pathParameters = Map.of();
    private @Nullable ErrorCode code;
    private @Nullable String detail;
    private @Nullable String tunnelEnd;
    private @Nullable GrpcDeadline grpcDeadline;
    private @Nullable GrpcStatus grpcStatus;
    private Identity identity = Identity.ANONYMOUS;
    private long upstreamNanos;

    /**
     * Creates a context that knows only the trace.
     *
     * @param meter counts the exchange until it matches a route
     */
    public ExchangeContext(TraceContext trace, ExchangeMeter meter) {
        this(trace, ExchangeRecorder.NONE, meter);
    }

    /** Creates a context that also feeds a recorder. */
    public ExchangeContext(TraceContext trace, ExchangeRecorder recorder, ExchangeMeter meter) {
        this.trace = trace;
        this.recorder = recorder;
        this.meter = meter;
    }

    public TraceContext trace() {
        return trace;
    }

    /** Records the exchange for a trace. */
    public ExchangeRecorder recorder() {
        return recorder;
    }

    /** Counts the exchange in metrics. */
    public ExchangeMeter meter() {
        return meter;
    }

    /** The id of the matching route, or {@link #NO_ROUTE}. */
    public String route() {
        return route;
    }

    /** The path of the matching route; null without one. */
    public @Nullable String pattern() {
        return pattern;
    }

    /** The exchange matched a route, whose meter counts it from now on. */
    public void routed(String id, String path, ExchangeMeter routeMeter) {
        pattern = path;
        meter.transferred();
        routeMeter.began();
        route = id;
        meter = routeMeter;
    }

    /** The values of the parameters of the route's template, as sent, by name. */
    public Map<String, String> pathParameters() {
        return pathParameters;
    }

    public void pathParameters(Map<String, String> values) {
        pathParameters = Map.copyOf(values);
    }

    /** When the client of a gRPC call gives up; null when it names no time, and for any other exchange. */
    public @Nullable GrpcDeadline grpcDeadline() {
        return grpcDeadline;
    }

    public void grpcDeadline(GrpcDeadline deadline) {
        grpcDeadline = deadline;
    }

    /** The status of a gRPC call that ended; null before, and for any other exchange. */
    public @Nullable GrpcStatus grpcStatus() {
        return grpcStatus;
    }

    /** The gRPC call ended. */
    public void grpcEnded(GrpcStatus status) {
        grpcStatus = status;
        meter.grpcEnded(status);
    }

    /** The verified identity of the client. */
    public Identity identity() {
        return identity;
    }

    public void identified(Identity verified) {
        identity = verified;
    }

    /** The number of attempts, failed connections included. */
    public int attempts() {
        return targets.size();
    }

    /** Starts an attempt at the target with this URL. */
    public void attempt(String url) {
        targets.add(url);
    }

    /** The URL of the target of the latest attempt. */
    public @Nullable String target() {
        return targets.isEmpty() ? null : targets.getLast();
    }

    /** Whether an attempt used the target with this URL. */
    public boolean tried(String url) {
        return targets.contains(url);
    }

    /** The targets that were available after the latest failed attempt. */
    public RetryDestination retryDestination() {
        return retryDestination;
    }

    public void retryDestination(RetryDestination now) {
        retryDestination = now;
    }

    /** The cause of a response that the gateway generated or broke off; null for a response of the upstream. */
    public @Nullable ErrorCode code() {
        return code;
    }

    /** The cause of a failure as a sentence, for the log. */
    public @Nullable String detail() {
        return detail;
    }

    public void failed(ErrorCode why, String sentence) {
        code = why;
        detail = sentence;
    }

    /** The party or the event that ended the tunnel that the exchange became; null for an ordinary exchange. */
    public @Nullable String tunnelEnd() {
        return tunnelEnd;
    }

    /** The tunnel that the exchange became ended. */
    public void tunnelEnded(String by) {
        tunnelEnd = by;
    }

    /** The total nanoseconds of all attempts, each until its response head or its failure. */
    public long upstreamNanos() {
        return upstreamNanos;
    }

    public void upstreamTook(long nanos) {
        upstreamNanos += nanos;
    }
}
