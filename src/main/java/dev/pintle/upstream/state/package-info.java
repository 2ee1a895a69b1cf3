/** The state that the gateway keeps of one target of a route. */
@NullMarked
package dev.pintle.upstream.state;

import org.jspecify.annotations.NullMarked;
