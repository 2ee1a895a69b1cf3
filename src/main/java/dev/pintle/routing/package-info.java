/** A route that runs, and a route that cannot. */
@NullMarked
package dev.pintle.routing;

import org.jspecify.annotations.NullMarked;
