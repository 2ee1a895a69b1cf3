/**
 * Redis: connecting, detecting that it is unavailable, and running scripts.
 */
@NullMarked
package dev.pintle.redis;

import org.jspecify.annotations.NullMarked;
