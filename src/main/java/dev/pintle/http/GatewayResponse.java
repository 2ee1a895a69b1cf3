package dev.pintle.http;

/** The outcome of an exchange. */
public sealed interface GatewayResponse permits FinalResponse, TunnelResponse {
    int status();

    Headers headers();

    GatewayResponse withHeaders(Headers other);
}
