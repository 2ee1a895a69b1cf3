/** Explains which route matches a request, and why. */
@NullMarked
package dev.pintle.routing.explain;

import org.jspecify.annotations.NullMarked;
