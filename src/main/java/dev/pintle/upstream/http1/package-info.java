/** The HTTP/1.1 client for upstreams over Apache HttpClient's connection pool. */
@NullMarked
package dev.pintle.upstream.http1;

import org.jspecify.annotations.NullMarked;
