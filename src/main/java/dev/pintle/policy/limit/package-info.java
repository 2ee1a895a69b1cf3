/**
 * How much: the size of bodies, the number of requests at once, the rate of requests.
 */
@NullMarked
package dev.pintle.policy.limit;

import org.jspecify.annotations.NullMarked;
