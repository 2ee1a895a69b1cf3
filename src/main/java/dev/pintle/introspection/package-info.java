/** Describes the state of a node as JSON pages and metrics. */
@NullMarked
package dev.pintle.introspection;

import org.jspecify.annotations.NullMarked;
