/** State that policies keep per route. */
@NullMarked
package dev.pintle.policy;

import org.jspecify.annotations.NullMarked;
