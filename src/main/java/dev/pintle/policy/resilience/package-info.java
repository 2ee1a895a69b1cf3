/**
 * How long and how often: the time a request has, retries and their budget.
 */
@NullMarked
package dev.pintle.policy.resilience;

import org.jspecify.annotations.NullMarked;
