/** One target, the client that sends to it, and the terms of an attempt. */
@NullMarked
package dev.pintle.upstream.target;

import org.jspecify.annotations.NullMarked;
