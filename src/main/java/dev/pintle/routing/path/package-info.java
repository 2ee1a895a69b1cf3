/** The path ambiguity guard. */
@NullMarked
package dev.pintle.routing.path;

import org.jspecify.annotations.NullMarked;
