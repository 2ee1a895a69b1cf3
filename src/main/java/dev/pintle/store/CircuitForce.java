package dev.pintle.store;

import java.time.Duration;

/**
 * An operator's request to force all circuits of a route.
 *
 * @param open whether they are forced open; otherwise closed
 * @param duration how long the override holds from the moment of the request
 * @param reason in the operator's words; may be empty
 * @param author the name of the operator's token
 */
public record CircuitForce(String route, boolean open, Duration duration, String reason, String author) {}
