/** Traces in the OpenTelemetry protocol. */
@NullMarked
package dev.pintle.telemetry.otlp;

import org.jspecify.annotations.NullMarked;
