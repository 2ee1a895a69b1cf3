package dev.pintle.http;

import java.util.Locale;

/** The error types of {@code Proxy-Status} that the gateway uses (RFC 9209 section 2.3). */
public enum ProxyStatusError {
    DNS_TIMEOUT,
    DNS_ERROR,
    DESTINATION_NOT_FOUND,
    DESTINATION_UNAVAILABLE,
    DESTINATION_IP_PROHIBITED,
    DESTINATION_IP_UNROUTABLE,
    CONNECTION_REFUSED,
    CONNECTION_TERMINATED,
    CONNECTION_TIMEOUT,
    CONNECTION_READ_TIMEOUT,
    CONNECTION_WRITE_TIMEOUT,
    CONNECTION_LIMIT_REACHED,
    TLS_PROTOCOL_ERROR,
    TLS_CERTIFICATE_ERROR,
    TLS_ALERT_RECEIVED,
    HTTP_REQUEST_ERROR,
    HTTP_REQUEST_DENIED,
    HTTP_RESPONSE_INCOMPLETE,
    HTTP_RESPONSE_HEADER_SECTION_SIZE,
    HTTP_RESPONSE_TRANSFER_CODING,
    HTTP_RESPONSE_TIMEOUT,
    HTTP_PROTOCOL_ERROR,
    PROXY_INTERNAL_ERROR,
    PROXY_CONFIGURATION_ERROR;

    /** The word in {@code Proxy-Status}, such as {@code dns_error}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
