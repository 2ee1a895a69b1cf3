/** Keeps the configuration of this node in sync with PostgreSQL and with a snapshot on disk. */
@NullMarked
package dev.pintle.sync;

import org.jspecify.annotations.NullMarked;
