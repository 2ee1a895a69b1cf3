package dev.pintle.upstream.state;

import dev.pintle.upstream.target.Permit;

/**
 * Where the next attempt goes.
 *
 * @param permit to be ended with the attempt
 */
public record SelectedTarget(TargetState member, Permit permit) {}
