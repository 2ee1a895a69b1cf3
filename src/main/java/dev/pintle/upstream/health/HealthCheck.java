package dev.pintle.upstream.health;

import dev.pintle.time.Sleeper;
import dev.pintle.upstream.target.AttemptVerdict;
import dev.pintle.upstream.target.Target;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Asks one target for its health again and again, on a virtual thread of its own. The first question comes at a random
 * moment of the first interval, so that a node that starts does not ask all at once.
 */
public final class HealthCheck implements AutoCloseable {
    private static final double JITTER = 0.1;

    private final Target target;
    private final HealthCheckSettings settings;
    private final Thread thread;

    /** Begins to ask. */
    HealthCheck(
            Target target,
            HealthCheckSettings settings,
            HealthState health,
            HealthProbe prober,
            RandomGenerator random,
            Sleeper pause) {
        this.target = target;
        this.settings = settings;
        this.thread = Thread.ofVirtual().name("health of " + target).start(() -> {
            try {
                pause.of(part(random.nextDouble()));
                while (true) {
                    AttemptVerdict verdict = prober.probe(target, settings).verdict();
                    if (Thread.currentThread().isInterrupted()) {
                        return;
                    }
                    health.note(verdict, settings);
                    pause.of(part(1 - JITTER + 2 * JITTER * random.nextDouble()));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Whether it asks that target in that way; a target that is trusted in another way is asked anew. */
    public boolean asks(Target other, @Nullable HealthCheckSettings wanted) {
        return settings.equals(wanted) && target.route().equals(other.route());
    }

    private Duration part(double fraction) {
        return Duration.ofNanos((long) (settings.interval().toNanos() * fraction));
    }

    /** Asks no more; an answer on its way is not waited for. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
