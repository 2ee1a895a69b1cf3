/** Finds routes that are valid but probably not meant: one class a rule. */
@NullMarked
package dev.pintle.lint;

import org.jspecify.annotations.NullMarked;
