/** The rate limit policy: token buckets in the process and in Redis. */
@NullMarked
package dev.pintle.policy.ratelimit;

import org.jspecify.annotations.NullMarked;
