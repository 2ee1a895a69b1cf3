/** Certificates and private keys as PEM. */
@NullMarked
package dev.pintle.tls;

import org.jspecify.annotations.NullMarked;
