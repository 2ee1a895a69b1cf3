package dev.pintle.telemetry;

import dev.pintle.guard.RouteTraffic;
import dev.pintle.guard.TrafficPeriods;
import dev.pintle.http.ErrorCode;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.ExchangeMeter;
import dev.pintle.http.ExchangeResult;
import dev.pintle.http.GrpcStatus;
import dev.pintle.http.TraceId;
import dev.pintle.http.TunnelMeter;
import dev.pintle.time.Ticker;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The data points of one route, each looked up once. Safe for all threads. */
public final class RouteMetrics implements ExchangeMeter {
    /** The code of a response that is not a problem, such as an introspection page. */
    private static final String NO_CODE = "-";

    /** The lowest status of a failed request. */
    private static final int LOWEST_FAILURE = 500;

    private final RouteFamilies families;
    private final String route;
    private final LabeledCounter requests;
    private final LabeledCounter untried;
    private final LabeledCounter tried;
    private final LabeledCounter attempts;
    private final LabeledCounter retries;
    private final LabeledCounter grpc;
    private final ConcurrentMap<String, LabeledCounter> authentications = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, TargetMetrics> targets = new ConcurrentHashMap<>();
    private final TracedDurations duration;
    private final TracedDurations upstreamDuration;
    private final GaugeDataPoint inFlight;
    private final CounterDataPoint retryBudgetExhausted;
    private final CounterDataPoint rateLimited;
    private final CounterDataPoint headerValuesRejected;
    private final RouteTraffic traffic;
    private final AtomicReference<@Nullable TunnelMetrics> tunnels = new AtomicReference<>();

    RouteMetrics(RouteFamilies families, String route, TrafficPeriods periods, Ticker ticker) {
        this.traffic = new RouteTraffic(periods);
        this.families = families;
        this.route = route;
        this.requests = new LabeledCounter(families.requests, route);
        this.untried = new LabeledCounter(families.ownResponses, route, "no");
        this.tried = new LabeledCounter(families.ownResponses, route, "yes");
        this.attempts = new LabeledCounter(families.attempts, route);
        this.retries = new LabeledCounter(families.retries, route);
        this.grpc = new LabeledCounter(families.grpc, route);
        this.duration = new TracedDurations(families.duration.labelValues(route), ticker);
        this.upstreamDuration = new TracedDurations(families.upstreamDuration.labelValues(route), ticker);
        this.inFlight = families.inFlight.labelValues(route);
        this.retryBudgetExhausted = families.retryBudgetExhausted.labelValues(route);
        this.rateLimited = families.rateLimited.labelValues(route);
        this.headerValuesRejected = families.headerValuesRejected.labelValues(route);
    }

    @Override
    public void began() {
        inFlight.inc();
    }

    @Override
    public TunnelMeter tunnel() {
        TunnelMetrics known = tunnels.get();
        if (known == null) {
            known = new TunnelMetrics(families, route);
            if (!tunnels.compareAndSet(null, known)) {
                known = Objects.requireNonNull(tunnels.get());
            }
        }
        return known;
    }

    @Override
    public void grpcEnded(GrpcStatus status) {
        grpc.inc(Integer.toString(status.number()));
    }

    @Override
    public void transferred() {
        inFlight.dec();
    }

    @Override
    public void ended(ExchangeContext context, ExchangeResult result) {
        inFlight.dec();
        requests.inc(StatusLabel.of(result.status()));
        ErrorCode code = context.code();
        if (context.attempts() == 0) {
            untried.inc(code == null ? NO_CODE : code.text());
        } else if (code != null) {
            tried.inc(code.text());
        }
        duration.observe(result.nanos(), context.trace().id());
        traffic.count(
                result.nanos(), result.status() >= LOWEST_FAILURE || (code != null && code.status() >= LOWEST_FAILURE));
    }

    RouteTraffic traffic() {
        return traffic;
    }

    /** Records the end of an attempt, with or without a response head. */
    public void attempted(String result, long nanos, TraceId trace) {
        attempts.inc(result);
        upstreamDuration.observe(nanos, trace);
    }

    /** Records a retry. */
    public void retried(String reason) {
        retries.inc(reason);
    }

    /** Records a retry that the exhausted budget prevented. */
    public void retryBudgetExhausted() {
        retryBudgetExhausted.inc();
    }

    /** Records a request that a rate limit rejected. */
    public void rateLimited() {
        rateLimited.inc();
    }

    /** A request passed or failed the authentication by a method. */
    public void authenticated(String method, String result) {
        authentications
                .computeIfAbsent(method, name -> new LabeledCounter(families.authentications, route, name))
                .inc(result);
    }

    /** An authorization service answered, or failed to. */
    public void externalAuthAnswered(long nanos) {
        families.externalAuthDuration.labelValues(route).observe(nanos / (double) TimeUnit.SECONDS.toNanos(1));
    }

    /** The value of an edited header may not be sent. */
    public void headerValueRejected() {
        headerValuesRejected.inc();
    }

    /**
     * Adds a target.
     *
     * @param status is read at each scrape, until the target is removed
     */
    public TargetMetrics addTarget(String target, TargetStatus status) {
        TargetMetrics addTarget = new TargetMetrics(families.circuitTransitions, route, target, status);
        targets.put(target, addTarget);
        return addTarget;
    }

    /** Removes a target and its series. */
    public void removeTarget(String target) {
        TargetMetrics removed = targets.remove(target);
        if (removed != null) {
            removed.remove();
        }
    }

    void reportCircuits(GaugeWithCallback.Callback gauge) {
        targets.values().forEach(target -> target.reportCircuit(gauge));
    }

    void reportHealth(GaugeWithCallback.Callback gauge) {
        targets.values().forEach(target -> target.reportHealth(gauge));
    }

    void remove() {
        requests.end();
        untried.end();
        tried.end();
        attempts.end();
        retries.end();
        grpc.end();
        TunnelMetrics known = tunnels.get();
        if (known != null) {
            known.remove();
        }
        authentications.values().forEach(LabeledCounter::end);
        targets.values().forEach(TargetMetrics::remove);
        families.duration.remove(route);
        families.upstreamDuration.remove(route);
        families.inFlight.remove(route);
        families.retryBudgetExhausted.remove(route);
        families.rateLimited.remove(route);
        families.headerValuesRejected.remove(route);
        families.externalAuthDuration.remove(route);
    }
}
