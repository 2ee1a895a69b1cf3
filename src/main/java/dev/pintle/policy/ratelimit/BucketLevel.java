package dev.pintle.policy.ratelimit;

import java.time.Duration;

/**
 * The level of a bucket.
 *
 * @param left whole tokens
 * @param burst tokens of the full bucket
 * @param untilNext time until the next token; zero if the bucket is full
 */
public record BucketLevel(long left, long burst, Duration untilNext) {}
