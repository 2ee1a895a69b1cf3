/** The policies that admit WebSocket handshakes and bound the number of tunnels. */
@NullMarked
package dev.pintle.policy.upgrade;

import org.jspecify.annotations.NullMarked;
