package dev.pintle.telemetry;

import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeResult;
import java.time.Instant;

/** How the access log tells of one exchange. What a client sent cannot end the line, nor change how it reads. Safe for all threads. */
interface AccessLogFormatter {
    /** The line, without its end. */
    String of(Exchange exchange, ExchangeResult outcome, Instant end);
}
