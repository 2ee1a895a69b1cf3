/**
 * Pintle, an HTTP API gateway: the application, its configuration, and where everything is put together.
 */
@NullMarked
package dev.pintle;

import org.jspecify.annotations.NullMarked;
