package dev.pintle.http;

/** What an exchange comes to. */
public sealed interface GatewayResponse permits FinalResponse {}
