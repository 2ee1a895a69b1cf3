/** The policy that closes routes for a time, by overrides of operators. */
@NullMarked
package dev.pintle.policy.maintenance;

import org.jspecify.annotations.NullMarked;
