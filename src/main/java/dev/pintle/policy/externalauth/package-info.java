/** The policy that asks an authorization service about each request. */
@NullMarked
package dev.pintle.policy.externalauth;

import org.jspecify.annotations.NullMarked;
