/** The Jersey entry of the proxy port, and the life cycle of an exchange. */
@NullMarked
package dev.pintle.proxy;

import org.jspecify.annotations.NullMarked;
