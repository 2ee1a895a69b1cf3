package dev.pintle.policy.ratelimit;

import dev.pintle.redis.Redis;
import dev.pintle.time.Ticker;
import java.util.function.IntSupplier;

/**
 * What all buckets in Redis have in common.
 *
 * @param nodes how many nodes are alive, this one included
 */
record RedisBackend(Redis redis, IntSupplier nodes, Ticker ticker) {}
