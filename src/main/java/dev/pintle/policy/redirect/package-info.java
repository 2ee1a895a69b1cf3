/** The policy that redirects clients instead of asking an upstream. */
@NullMarked
package dev.pintle.policy.redirect;

import org.jspecify.annotations.NullMarked;
