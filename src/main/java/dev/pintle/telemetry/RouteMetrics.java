package dev.pintle.telemetry;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.ExchangeMeter;
import dev.pintle.http.ExchangeResult;
import dev.pintle.http.TraceId;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/** The data points of one route, looked up once. Safe for all threads. */
public final class RouteMetrics implements ExchangeMeter {
    /** The code of an answer that is no problem, such as a page of introspection. */
    private static final String NO_CODE = "-";

    private final Metrics metrics;
    private final String route;
    private final LabeledCounter requests;
    private final LabeledCounter untried;
    private final LabeledCounter tried;
    private final LabeledCounter attempts;
    private final LabeledCounter retries;
    private final ConcurrentMap<String, TargetMetrics> targets = new ConcurrentHashMap<>();
    private final DistributionDataPoint duration;
    private final DistributionDataPoint upstreamDuration;
    private final GaugeDataPoint inFlight;
    private final CounterDataPoint retryBudgetExhausted;
    private final CounterDataPoint rateLimited;
    private final CounterDataPoint headerValuesRejected;

    RouteMetrics(Metrics metrics, String route) {
        this.metrics = metrics;
        this.route = route;
        this.requests = new LabeledCounter(metrics.requests, route);
        this.untried = new LabeledCounter(metrics.ownAnswers, route, "no");
        this.tried = new LabeledCounter(metrics.ownAnswers, route, "yes");
        this.attempts = new LabeledCounter(metrics.attempts, route);
        this.retries = new LabeledCounter(metrics.retries, route);
        this.duration = metrics.duration.labelValues(route);
        this.upstreamDuration = metrics.upstreamDuration.labelValues(route);
        this.inFlight = metrics.inFlight.labelValues(route);
        this.retryBudgetExhausted = metrics.retryBudgetExhausted.labelValues(route);
        this.rateLimited = metrics.rateLimited.labelValues(route);
        this.headerValuesRejected = metrics.headerValuesRejected.labelValues(route);
    }

    @Override
    public void began() {
        inFlight.inc();
    }

    @Override
    public void transferred() {
        inFlight.dec();
    }

    @Override
    public void ended(ExchangeContext context, ExchangeResult outcome) {
        inFlight.dec();
        requests.inc(StatusLabel.of(outcome.status()));
        ErrorCode code = context.code();
        if (context.attempts() == 0) {
            untried.inc(code == null ? NO_CODE : code.text());
        } else if (code != null) {
            tried.inc(code.text());
        }
        observe(duration, outcome.nanos(), context.trace().id());
    }

    /** An attempt ended, with its head or without. */
    public void attempted(String outcome, long nanos, TraceId trace) {
        attempts.inc(outcome);
        observe(upstreamDuration, nanos, trace);
    }

    /** Each bucket shows a request that fell into it, by its trace. */
    private static void observe(DistributionDataPoint point, long nanos, TraceId trace) {
        point.observeWithExemplar(nanos / (double) TimeUnit.SECONDS.toNanos(1), Labels.of("trace_id", trace.hex()));
    }

    /** An attempt was repeated. */
    public void retried(String reason) {
        retries.inc(reason);
    }

    /** An attempt is not repeated, as the budget is spent. */
    public void retryBudgetExhausted() {
        retryBudgetExhausted.inc();
    }

    /** A request is refused by the rate limit. */
    public void rateLimited() {
        rateLimited.inc();
    }

    /** The value of an edited header may not be sent. */
    public void headerValueRejected() {
        headerValuesRejected.inc();
    }

    /**
     * The data points of a target that joins.
     *
     * @param status is asked at each scrape, until the target leaves
     */
    public TargetMetrics joined(String target, TargetStatus status) {
        TargetMetrics joined = new TargetMetrics(metrics.circuitTransitions, route, target, status);
        targets.put(target, joined);
        return joined;
    }

    /** A target leaves, and its series with it. */
    public void left(String target) {
        TargetMetrics gone = targets.remove(target);
        if (gone != null) {
            gone.remove();
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
        targets.values().forEach(TargetMetrics::remove);
        metrics.duration.remove(route);
        metrics.upstreamDuration.remove(route);
        metrics.inFlight.remove(route);
        metrics.retryBudgetExhausted.remove(route);
        metrics.rateLimited.remove(route);
        metrics.headerValuesRejected.remove(route);
    }
}
