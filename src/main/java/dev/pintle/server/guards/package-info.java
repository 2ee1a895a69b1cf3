/** Checks that close connections of slow or greedy clients. */
@NullMarked
package dev.pintle.server.guards;

import org.jspecify.annotations.NullMarked;
