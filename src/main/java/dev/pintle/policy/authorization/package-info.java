/** The policy that admits identified clients. */
@NullMarked
package dev.pintle.policy.authorization;

import org.jspecify.annotations.NullMarked;
