/** The header edits policy. */
@NullMarked
package dev.pintle.policy.headers;

import org.jspecify.annotations.NullMarked;
