package dev.pintle.store;

import java.time.Duration;

/**
 * The revisions that the history keeps: those that are young enough, and the latest ones whatever their age.
 *
 * @param keep how many of the latest revisions are kept, 1 or more
 * @param atLeast the age up to which every revision is kept
 */
public record Retention(int keep, Duration atLeast) {}
