package dev.pintle.telemetry;

import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.Outcome;
import java.time.Instant;

/** How the access log tells of one exchange. What a client sent cannot end the line, nor change how it reads. Safe for all threads. */
interface LogLine {
    /** The line, without its end. */
    String of(Exchange exchange, Outcome outcome, Instant end);
}
