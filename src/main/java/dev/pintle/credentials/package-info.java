/** API keys and passwords of consumers: formats, hashes and lookup. */
@NullMarked
package dev.pintle.credentials;

import org.jspecify.annotations.NullMarked;
