/** Runs PostgreSQL and a demo upstream for {@code make run}. */
@NullMarked
package dev.pintle.embedded;

import org.jspecify.annotations.NullMarked;
