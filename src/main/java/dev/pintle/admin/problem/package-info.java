/** Errors of the admin API as problem details (RFC 9457). */
@NullMarked
package dev.pintle.admin.problem;

import org.jspecify.annotations.NullMarked;
