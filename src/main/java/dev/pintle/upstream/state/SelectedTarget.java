package dev.pintle.upstream.state;

import dev.pintle.upstream.target.Permit;

/**
 * The target of the next attempt.
 *
 * @param permit the caller ends it with the attempt
 */
public record SelectedTarget(TargetState targetState, Permit permit) {}
