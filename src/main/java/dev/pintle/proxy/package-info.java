/**
 * The front door: a Jersey resource that turns servlet requests into exchanges and answers into servlet responses.
 */
@NullMarked
package dev.pintle.proxy;

import org.jspecify.annotations.NullMarked;
