/** Documents that an operator writes, and their validation. */
@NullMarked
package dev.pintle.config;

import org.jspecify.annotations.NullMarked;
