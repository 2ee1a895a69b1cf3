/** The configuration in PostgreSQL. */
@NullMarked
package dev.pintle.store;

import org.jspecify.annotations.NullMarked;
