/** The upload of a request body, independent of the protocol of the upstream. */
@NullMarked
package dev.pintle.upstream.upload;

import org.jspecify.annotations.NullMarked;
