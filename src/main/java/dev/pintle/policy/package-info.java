/**
 * What may happen between client and upstream, in wings; each policy is one class around the next handler.
 */
@NullMarked
package dev.pintle.policy;

import org.jspecify.annotations.NullMarked;
