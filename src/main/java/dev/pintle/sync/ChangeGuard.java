package dev.pintle.sync;

import dev.pintle.config.Configuration;
import dev.pintle.guard.Breach;
import dev.pintle.guard.GuardReport;
import dev.pintle.guard.TrafficCounts;
import dev.pintle.guard.TrafficSample;
import dev.pintle.guard.TrafficSource;
import dev.pintle.history.AffectedRoutes;
import dev.pintle.history.SettingLayers;
import dev.pintle.store.PendingConfirmation;
import dev.pintle.store.ReportedNode;
import dev.pintle.store.ReportedNodes;
import dev.pintle.store.Unconfirmed;
import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Judges the unconfirmed revision by the requests of the routes that it changes. The nodes exchange their counts in heartbeats, so
 * that the requests of all nodes decide. A node without heartbeats judges by its own requests. Safe for all threads.
 */
public final class ChangeGuard {
    /** Heartbeats have an interval of a second; after three of them, the counts of the others are unknown. */
    private static final Duration ALONE_AFTER = Duration.ofSeconds(3);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final TrafficSource traffic;
    private final SettingLayers layers;
    private final Ticker ticker;
    private @Nullable Start start;
    private @Nullable Watch watch;

    public ChangeGuard(TrafficSource traffic, SettingLayers layers, Ticker ticker) {
        this.traffic = traffic;
        this.layers = layers;
        this.ticker = ticker;
    }

    /** The moment before this node serves a revision. */
    private record Start(long revision, long mark) {}

    /** An unconfirmed revision, and the requests around it. */
    private static final class Watch {
        final PendingConfirmation pending;
        final Configuration start;
        final long mark;
        final SortedSet<String> routes;
        final TrafficCounts before;
        long judgedAt;

        @Nullable
        Breach breach;

        Watch(Unconfirmed change, long mark, SortedSet<String> routes, TrafficCounts before, long judgedAt) {
            this.pending = change.pending();
            this.start = change.before();
            this.mark = mark;
            this.routes = routes;
            this.before = before;
            this.judgedAt = judgedAt;
        }

        boolean isOf(@Nullable Unconfirmed unconfirmed) {
            return unconfirmed != null && unconfirmed.revision() == pending.revision();
        }

        void judge(TrafficSample sample) {
            if (breach == null && pending.guard() != null) {
                breach = pending.guard().judge(sample).orElse(null);
            }
        }
    }

    /** Separates the requests before a revision from later ones, right before this node serves it. */
    synchronized void begin(Unconfirmed unconfirmed) {
        if (unconfirmed.pending().guard() != null) {
            start = new Start(unconfirmed.revision(), traffic.mark());
        }
    }

    /**
     * Follows the unconfirmed revision. Called several times a second.
     *
     * @param unconfirmed null for none
     * @param active the configuration that this node serves
     */
    synchronized void follow(@Nullable Unconfirmed unconfirmed, Configuration active) {
        if (watch != null && !watch.isOf(unconfirmed)) {
            Configuration settled = unconfirmed == null ? active : unconfirmed.before();
            if (isReverted(watch, settled)) {
                traffic.ignoreSince(watch.mark);
            }
            watch = null;
        }
        if (watch == null
                && start != null
                && unconfirmed != null
                && unconfirmed.revision() == start.revision()
                && unconfirmed.revision() == active.revision()) {
            watch = watch(unconfirmed, active, start.mark());
        }
        if (watch != null && since(watch.judgedAt).compareTo(ALONE_AFTER) >= 0) {
            watch.judge(sample(watch));
            watch.judgedAt += INTERVAL.toNanos();
        }
    }

    /**
     * Whether the routes of a change are what they were before it. The next unconfirmed change may be active already. A change
     * without routes affected no requests.
     */
    private boolean isReverted(Watch ended, Configuration settled) {
        return !ended.routes.isEmpty()
                && Collections.disjoint(ended.routes, AffectedRoutes.between(ended.start, settled, layers));
    }

    private Watch watch(Unconfirmed unconfirmed, Configuration active, long mark) {
        SortedSet<String> routes = AffectedRoutes.between(unconfirmed.before(), active, layers);
        return new Watch(unconfirmed, mark, routes, traffic.before(mark, routes), ticker.nanos());
    }

    private Duration since(long time) {
        return Duration.ofNanos(ticker.nanos() - time);
    }

    private TrafficSample sample(Watch current) {
        return new TrafficSample(current.before, traffic.since(current.mark, current.routes));
    }

    /** The breach of the unconfirmed revision. */
    synchronized Optional<Breach> breach() {
        return watch == null ? Optional.empty() : Optional.ofNullable(watch.breach);
    }

    /** The requests of this node for its heartbeat; null without a guarded revision. */
    synchronized @Nullable GuardReport report() {
        return watch == null ? null : new GuardReport(watch.pending.revision(), sample(watch));
    }

    /** Judges by the requests of all nodes, right after a heartbeat of this node. */
    public synchronized void judge(ReportedNodes nodes) {
        if (watch != null) {
            watch.judge(sum(nodes, watch.pending.revision()));
            watch.judgedAt = ticker.nanos();
        }
    }

    /** The requests that the nodes of a cluster report around a revision. */
    public static TrafficSample sum(ReportedNodes nodes, long revision) {
        return nodes.nodes().stream()
                .map(ReportedNode::guard)
                .filter(Objects::nonNull)
                .filter(report -> report.revision() == revision)
                .map(GuardReport::sample)
                .reduce(TrafficSample.NONE, TrafficSample::plus);
    }
}
