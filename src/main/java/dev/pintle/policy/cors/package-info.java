/** The policy for requests from web pages of other origins (CORS). */
@NullMarked
package dev.pintle.policy.cors;

import org.jspecify.annotations.NullMarked;
