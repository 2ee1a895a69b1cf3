/** Certificates and private keys as PEM: in text, and in pairs of files. */
@NullMarked
package dev.pintle.pem;

import org.jspecify.annotations.NullMarked;
