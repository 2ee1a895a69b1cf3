/** Algorithms that select a target. */
@NullMarked
package dev.pintle.upstream.loadbalancing;

import org.jspecify.annotations.NullMarked;
