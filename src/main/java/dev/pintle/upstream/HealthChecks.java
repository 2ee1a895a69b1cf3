package dev.pintle.upstream;

import dev.pintle.time.Pause;
import dev.pintle.time.Ticker;
import java.util.random.RandomGenerator;

/** Begins health checks. Safe for all threads. */
final class HealthChecks {
    private final Prober prober;
    private final RandomGenerator random;
    private final Pause pause;

    HealthChecks(Sender sender, Ticker ticker, RandomGenerator random, Pause pause) {
        this.prober = new Prober(sender, ticker, random);
        this.random = random;
        this.pause = pause;
    }

    /** @param health is told of each answer */
    HealthCheck begin(Target target, HealthCheckSettings settings, Health health) {
        return new HealthCheck(target, settings, health, prober, random, pause);
    }
}
