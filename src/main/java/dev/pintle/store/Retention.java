package dev.pintle.store;

import java.time.Duration;

/**
 * The revisions that the history keeps: the latest ones, and every one up to a certain age.
 *
 * @param keep the number of latest revisions to keep regardless of age, 1 or more
 * @param atLeast the age up to which the history keeps every revision
 */
public record Retention(int keep, Duration atLeast) {}
