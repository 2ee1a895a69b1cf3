package dev.pintle.upstream.target;

import java.time.Instant;

/**
 * The last failure of a target, as operators see it.
 *
 * @param reason what happened, in one line
 */
public record LastFailure(String reason, Instant at) {}
