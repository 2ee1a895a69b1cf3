package dev.pintle.upstream.state;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each change of the circuit, the health, and the ejection of one target of one route. Thread-safe. */
public final class TargetChangeLog {
    private static final Logger LOG = LoggerFactory.getLogger(TargetChangeLog.class);

    private final String route;
    private final String target;
    private final Executor executor;

    /** @param executor writes the lines in order, so that a blocked log does not delay requests */
    public TargetChangeLog(String route, String target, Executor executor) {
        this.route = route;
        this.target = target;
        this.executor = executor;
    }

    void circuitOpened(int failures, String lastFailure, Duration untilNextTry) {
        executor.execute(() -> LOG.warn(
                "Circuit opened: route {}, target {}, {} consecutive failures, last failure: {}. Next try in {} ms.",
                route,
                target,
                failures,
                lastFailure,
                untilNextTry.toMillis()));
    }

    void circuitHalfOpened(int trials) {
        executor.execute(
                () -> LOG.info("Circuit half-open: route {}, target {}. Trial requests: {}.", route, target, trials));
    }

    void circuitClosed() {
        executor.execute(() -> LOG.info("Circuit closed: route {}, target {}. All trials succeeded.", route, target));
    }

    void becameUnhealthy(int failures, String lastFailure, Duration untilNextCheck) {
        executor.execute(() -> LOG.warn(
                "Target unhealthy: route {}, target {}, {} consecutive health checks failed, last failure: {}. The target gets no"
                        + " requests. Next check in {} ms.",
                route,
                target,
                failures,
                lastFailure,
                untilNextCheck.toMillis()));
    }

    void becameHealthy(int successes) {
        executor.execute(() -> LOG.info(
                "Target healthy: route {}, target {}, {} consecutive health checks succeeded. The target gets requests again.",
                route,
                target,
                successes));
    }

    void ejected(int failures, String lastFailure, Duration ejectionTime) {
        executor.execute(() -> LOG.warn(
                "Target ejected: route {}, target {}, {} consecutive failures, last failure: {}. Next requests in {} ms.",
                route,
                target,
                failures,
                lastFailure,
                ejectionTime.toMillis()));
    }

    void returned() {
        executor.execute(() -> LOG.info(
                "Target returns from its ejection: route {}, target {}. Its share of the requests grows.",
                route,
                target));
    }
}
