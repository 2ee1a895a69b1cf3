/** The policy that verifies the identity of clients. */
@NullMarked
package dev.pintle.policy.authentication;

import org.jspecify.annotations.NullMarked;
