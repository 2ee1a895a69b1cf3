/**
 * From the store to the live table: waking up, reading what changed, and the last good snapshot on disk.
 */
@NullMarked
package dev.pintle.sync;

import org.jspecify.annotations.NullMarked;
