/**
 * What the operator is told: metrics, trace ids and the access log.
 */
@NullMarked
package dev.pintle.telemetry;

import org.jspecify.annotations.NullMarked;
