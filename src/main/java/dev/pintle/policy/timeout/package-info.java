/** The timeout policy. */
@NullMarked
package dev.pintle.policy.timeout;

import org.jspecify.annotations.NullMarked;
