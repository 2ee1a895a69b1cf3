/** Matches a request against the routes. */
@NullMarked
package dev.pintle.routing.match;

import org.jspecify.annotations.NullMarked;
