/** Clocks, deadlines and the watchdog. */
@NullMarked
package dev.pintle.time;

import org.jspecify.annotations.NullMarked;
