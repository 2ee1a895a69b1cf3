/**
 * The control desk: the admin API, introspection and the token that opens them.
 */
@NullMarked
package dev.pintle.admin;

import org.jspecify.annotations.NullMarked;
