/**
 * Converts configurations of other gateways, and OpenAPI documents, to routes: one class per format.
 */
@NullMarked
package dev.pintle.importers;

import org.jspecify.annotations.NullMarked;
