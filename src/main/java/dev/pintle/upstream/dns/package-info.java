/** Name resolution, the egress policy, and the dialer of upstream connections. */
@NullMarked
package dev.pintle.upstream.dns;

import org.jspecify.annotations.NullMarked;
