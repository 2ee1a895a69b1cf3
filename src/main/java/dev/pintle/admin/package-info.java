/** The admin API, assembled. */
@NullMarked
package dev.pintle.admin;

import org.jspecify.annotations.NullMarked;
