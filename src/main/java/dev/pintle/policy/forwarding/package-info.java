/** Adapts the headers of forwarded messages. */
@NullMarked
package dev.pintle.policy.forwarding;

import org.jspecify.annotations.NullMarked;
