/** Templates: values of headers, redirects and query parameters that requests fill in. */
@NullMarked
package dev.pintle.policy.template;

import org.jspecify.annotations.NullMarked;
