/** PostgreSQL and a demo upstream inside the process, for {@code make run}. */
@NullMarked
package dev.pintle.embedded;

import org.jspecify.annotations.NullMarked;
