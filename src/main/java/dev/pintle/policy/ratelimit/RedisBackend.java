package dev.pintle.policy.ratelimit;

import dev.pintle.redis.Redis;
import dev.pintle.time.Ticker;
import java.util.function.IntSupplier;

/**
 * The connection that all buckets in Redis use.
 *
 * @param nodes the number of live nodes, this one included
 */
record RedisBackend(Redis redis, IntSupplier nodes, Ticker ticker) {}
