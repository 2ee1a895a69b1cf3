/** The commands of {@code bin/pintle} besides {@code server}. */
@NullMarked
package dev.pintle.cli;

import org.jspecify.annotations.NullMarked;
