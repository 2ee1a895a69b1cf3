package dev.pintle.guard;

/**
 * The requests that one node counted around a change.
 *
 * @param revision the unconfirmed revision
 */
public record GuardReport(long revision, TrafficSample sample) {}
