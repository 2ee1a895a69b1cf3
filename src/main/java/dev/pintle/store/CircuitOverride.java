package dev.pintle.store;

import java.time.Instant;

/**
 * What an operator wants of the circuits of a route, whatever their targets do.
 *
 * @param open whether they are to be open; otherwise closed
 * @param until when the order ends by itself
 * @param reason in the operator's words; may be empty
 * @param author the name of the operator's token
 */
public record CircuitOverride(String route, boolean open, Instant until, String reason, String author) {}
