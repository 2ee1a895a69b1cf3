/** Active and rejected routes. */
@NullMarked
package dev.pintle.routing;

import org.jspecify.annotations.NullMarked;
