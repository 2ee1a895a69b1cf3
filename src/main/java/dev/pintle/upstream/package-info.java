/**
 * One attempt at one target: choosing it, sending to it, and naming what went wrong.
 */
@NullMarked
package dev.pintle.upstream;

import org.jspecify.annotations.NullMarked;
