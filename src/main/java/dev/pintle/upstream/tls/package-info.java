/** TLS toward upstreams. */
@NullMarked
package dev.pintle.upstream.tls;

import org.jspecify.annotations.NullMarked;
