/**
 * What an operator writes: routes and defaults as JSON and as records, and every rule that they must keep.
 */
@NullMarked
package dev.pintle.route;

import org.jspecify.annotations.NullMarked;
