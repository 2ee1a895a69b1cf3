package dev.pintle.http;

/**
 * How an exchange ended.
 *
 * @param status of the answer; 499 when the client left
 * @param bytesIn octets of the request's body that were read
 * @param bytesOut octets of the answer's body that were written
 * @param nanos from the request's head to the end
 */
public record ExchangeResult(int status, long bytesIn, long bytesOut, long nanos) {}
