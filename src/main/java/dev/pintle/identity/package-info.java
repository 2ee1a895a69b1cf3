/** Identifies clients: consumers, their credentials, and the tokens of identity providers. */
@NullMarked
package dev.pintle.identity;

import org.jspecify.annotations.NullMarked;
