/** Fetches documents that the gateway itself needs, under the egress policy. */
@NullMarked
package dev.pintle.upstream.fetch;

import org.jspecify.annotations.NullMarked;
