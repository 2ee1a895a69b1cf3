/** The path rewrite policy. */
@NullMarked
package dev.pintle.policy.rewrite;

import org.jspecify.annotations.NullMarked;
