/** Stores the configuration, its history and the state of the cluster in PostgreSQL. */
@NullMarked
package dev.pintle.store;

import org.jspecify.annotations.NullMarked;
