/** What the gateway remembers of one target of a route. */
@NullMarked
package dev.pintle.upstream.state;

import org.jspecify.annotations.NullMarked;
