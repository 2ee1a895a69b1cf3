package dev.pintle.upstream.health;

import dev.pintle.time.Sleeper;
import dev.pintle.time.Ticker;
import dev.pintle.upstream.target.AttemptOutcome;
import dev.pintle.upstream.target.Target;
import dev.pintle.upstream.target.UpstreamClient;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Starts health checks. Thread-safe. */
public final class HealthCheckScheduler {
    private final HealthProbe prober;
    private final RandomGenerator random;
    private final Sleeper pause;

    public HealthCheckScheduler(UpstreamClient client, Ticker ticker, RandomGenerator random, Sleeper pause) {
        this.prober = new HealthProbe(client, ticker, random);
        this.random = random;
        this.pause = pause;
    }

    /**
     * Starts the checks of a target.
     *
     * @param results receives the outcome of each check, on one thread
     */
    public HealthCheck begin(Target target, HealthCheckSettings settings, Consumer<AttemptOutcome> results) {
        return new HealthCheck(target, settings, results, prober, random, pause);
    }
}
