package dev.pintle.upstream.circuitbreaker;

import dev.pintle.config.Settings;
import dev.pintle.config.SettingsType;

/** {@code circuitBreaker}: stops sending requests to a target that fails. */
public final class CircuitBreakerType implements SettingsType<CircuitBreakerSpec> {
    public static final CircuitBreakerType TYPE = new CircuitBreakerType();

    private CircuitBreakerType() {}

    @Override
    public String key() {
        return "circuitBreaker";
    }

    @Override
    public Class<CircuitBreakerSpec> spec() {
        return CircuitBreakerSpec.class;
    }

    /** The settings in the form that circuit breakers use. */
    public static CircuitBreakerSettings settings(Settings<CircuitBreakerSpec> settings) {
        return new CircuitBreakerSettings(
                settings.get(CircuitBreakerSpec::consecutiveFailures),
                settings.get(CircuitBreakerSpec::cooldown),
                settings.get(CircuitBreakerSpec::halfOpenRequests));
    }
}
