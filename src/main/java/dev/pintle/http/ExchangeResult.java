package dev.pintle.http;

/**
 * The result of an exchange.
 *
 * @param status of the response; 499 when the client closed the connection
 * @param bytesIn bytes read of the request body
 * @param bytesOut bytes written of the response body
 * @param nanos from the request head to the end of the response
 */
public record ExchangeResult(int status, long bytesIn, long bytesOut, long nanos) {}
