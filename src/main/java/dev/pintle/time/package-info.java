/**
 * How long anyone may wait: the ticker, the time an exchange has left, and the watchdog that ends what lasts too long.
 */
@NullMarked
package dev.pintle.time;

import org.jspecify.annotations.NullMarked;
