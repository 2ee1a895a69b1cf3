/**
 * HTTP as values, and the one seam of the gateway: a {@link dev.pintle.exchange.Policy} around a {@link dev.pintle.exchange.Handler}.
 */
@NullMarked
package dev.pintle.exchange;

import org.jspecify.annotations.NullMarked;
