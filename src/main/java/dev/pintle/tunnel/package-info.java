/** Connections that switched protocols: their bytes, their end, and the list of those that are open. */
@NullMarked
package dev.pintle.tunnel;

import org.jspecify.annotations.NullMarked;
