package dev.pintle.upstream.discovery;

/** Whether connections to discovered targets use TLS. */
public enum DiscoveryScheme {
    HTTP,
    HTTPS
}
