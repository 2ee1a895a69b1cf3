/**
 * Cryptographic primitives.
 */
@NullMarked
package dev.pintle.crypto;

import org.jspecify.annotations.NullMarked;
