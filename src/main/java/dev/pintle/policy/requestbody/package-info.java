/** The request body limit policy. */
@NullMarked
package dev.pintle.policy.requestbody;

import org.jspecify.annotations.NullMarked;
