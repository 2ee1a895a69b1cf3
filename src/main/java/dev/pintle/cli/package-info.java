/** The commands of {@code bin/pintle} other than {@code server}. */
@NullMarked
package dev.pintle.cli;

import org.jspecify.annotations.NullMarked;
