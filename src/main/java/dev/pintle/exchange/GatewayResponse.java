package dev.pintle.exchange;

/** What an exchange comes to. */
public sealed interface GatewayResponse permits Answer {}
