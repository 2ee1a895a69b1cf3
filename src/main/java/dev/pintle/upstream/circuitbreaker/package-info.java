/** Circuit breakers of targets. */
@NullMarked
package dev.pintle.upstream.circuitbreaker;

import org.jspecify.annotations.NullMarked;
