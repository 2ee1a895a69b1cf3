/** What a gateway changes in the headers that it forwards. */
@NullMarked
package dev.pintle.policy.forwarding;

import org.jspecify.annotations.NullMarked;
