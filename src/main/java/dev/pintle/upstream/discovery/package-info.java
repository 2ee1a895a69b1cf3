/** Finds the targets of a route by DNS, and follows their changes. */
@NullMarked
package dev.pintle.upstream.discovery;

import org.jspecify.annotations.NullMarked;
