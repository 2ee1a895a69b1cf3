/** The HTTP/2 client for upstreams over Jetty's low-level client. */
@NullMarked
package dev.pintle.upstream.http2;

import org.jspecify.annotations.NullMarked;
