/** The retry policy and its budget. */
@NullMarked
package dev.pintle.policy.retry;

import org.jspecify.annotations.NullMarked;
