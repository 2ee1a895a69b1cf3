/** The targets of a route, and one attempt at one of them. */
@NullMarked
package dev.pintle.upstream;

import org.jspecify.annotations.NullMarked;
