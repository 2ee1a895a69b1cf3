/** Assembles the admin API. */
@NullMarked
package dev.pintle.admin;

import org.jspecify.annotations.NullMarked;
