package dev.pintle.policy.ratelimit;

import java.time.Duration;

/**
 * What is left in a bucket.
 *
 * @param left whole tokens
 * @param burst tokens of the full bucket
 * @param untilNext until there is one more; zero when it is full
 */
public record BucketLevel(long left, long burst, Duration untilNext) {}
