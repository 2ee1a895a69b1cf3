/** Connects to Redis, detects outages and runs scripts. */
@NullMarked
package dev.pintle.redis;

import org.jspecify.annotations.NullMarked;
