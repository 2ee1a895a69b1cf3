/** API keys and passwords of consumers: formats, hashes, lookup and throttling of guesses. */
@NullMarked
package dev.pintle.credentials;

import org.jspecify.annotations.NullMarked;
