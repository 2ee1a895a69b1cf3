/** The PROXY protocol: load balancers name the address of their client at the beginning of a connection. */
@NullMarked
package dev.pintle.server.proxyprotocol;

import org.jspecify.annotations.NullMarked;
