/** The IP filter policy. */
@NullMarked
package dev.pintle.policy.ipfilter;

import org.jspecify.annotations.NullMarked;
