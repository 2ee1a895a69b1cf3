package dev.pintle.upstream.discovery;

/** The DNS record types that name targets. */
public enum RecordType {
    /** IPv4 addresses (RFC 1035 section 3.4.1). */
    A,
    /** IPv6 addresses (RFC 3596). */
    AAAA,
    /** Hosts with their own ports, priorities and weights (RFC 2782). */
    SRV
}
