/**
 * What make run brings along on a bare machine: PostgreSQL inside the process, and an upstream to try.
 */
@NullMarked
package dev.pintle.local;

import org.jspecify.annotations.NullMarked;
