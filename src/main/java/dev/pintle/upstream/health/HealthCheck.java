package dev.pintle.upstream.health;

import dev.pintle.time.Sleeper;
import dev.pintle.upstream.target.AttemptOutcome;
import dev.pintle.upstream.target.Target;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Probes one target periodically on its own virtual thread. The first probe runs at a random time within the first
 * interval, so that a starting node does not probe all targets simultaneously.
 */
public final class HealthCheck implements AutoCloseable {
    private static final double JITTER = 0.1;

    private final Target target;
    private final HealthCheckSettings settings;
    private final Thread thread;

    /** Starts probing. */
    HealthCheck(
            Target target,
            HealthCheckSettings settings,
            Consumer<AttemptOutcome> results,
            HealthProbe prober,
            RandomGenerator random,
            Sleeper pause) {
        this.target = target;
        this.settings = settings;
        this.thread = Thread.ofVirtual().name("health of " + target).start(() -> {
            try {
                pause.of(part(random.nextDouble()));
                while (true) {
                    AttemptOutcome outcome = prober.probe(target, settings);
                    if (Thread.currentThread().isInterrupted()) {
                        return;
                    }
                    results.accept(outcome);
                    pause.of(part(1 - JITTER + 2 * JITTER * random.nextDouble()));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Whether this check covers the target with these settings. A target with other TLS settings needs a new check. */
    public boolean asks(Target other, @Nullable HealthCheckSettings wanted) {
        return settings.equals(wanted) && target.route().equals(other.route());
    }

    private Duration part(double fraction) {
        return Duration.ofNanos((long) (settings.interval().toNanos() * fraction));
    }

    /** Stops probing, without waiting for a pending response. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
