/** The policy that answers requests instead of asking an upstream. */
@NullMarked
package dev.pintle.policy.respond;

import org.jspecify.annotations.NullMarked;
