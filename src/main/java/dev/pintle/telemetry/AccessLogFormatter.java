package dev.pintle.telemetry;

import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeResult;
import java.time.Instant;

/** Formats the access log line of one exchange. Client data cannot end or alter the line. Safe for all threads. */
interface AccessLogFormatter {
    /** Returns the line without a line end. */
    String of(Exchange exchange, ExchangeResult result, Instant end);
}
