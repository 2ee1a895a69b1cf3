/** The concurrency limit policy. */
@NullMarked
package dev.pintle.policy.concurrency;

import org.jspecify.annotations.NullMarked;
