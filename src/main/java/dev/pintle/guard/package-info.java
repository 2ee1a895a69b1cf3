/** Judges an unconfirmed change by the requests of the routes that it changes: counts, bounds, and the comparison. */
@NullMarked
package dev.pintle.guard;

import org.jspecify.annotations.NullMarked;
