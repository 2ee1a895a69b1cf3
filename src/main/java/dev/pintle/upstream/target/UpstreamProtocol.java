package dev.pintle.upstream.target;

/** The protocols that the gateway speaks with upstreams. */
public enum UpstreamProtocol {
    /** HTTP/1.1, in clear text or over TLS. */
    HTTP1,
    /** HTTP/2 over TLS, agreed by ALPN (RFC 7301). */
    H2,
    /** HTTP/2 in clear text, with prior knowledge (RFC 9113 section 3.3). */
    H2C,
    /** HTTP/2 if the target selects it by ALPN, otherwise HTTP/1.1. */
    AUTO
}
