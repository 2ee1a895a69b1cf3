/**
 * What the upstream sees: path, host and the fields that a gateway adds or takes away.
 */
@NullMarked
package dev.pintle.policy.rewrite;

import org.jspecify.annotations.NullMarked;
