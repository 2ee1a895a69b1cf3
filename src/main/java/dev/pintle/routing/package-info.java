/**
 * From specs to something that runs: the compiler, the path rule, the matcher and the live table.
 */
@NullMarked
package dev.pintle.routing;

import org.jspecify.annotations.NullMarked;
