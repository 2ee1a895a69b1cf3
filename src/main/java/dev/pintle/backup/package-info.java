/**
 * The file of a backup: one line a row, a digest at its end, and a format number.
 */
@NullMarked
package dev.pintle.backup;

import org.jspecify.annotations.NullMarked;
