package dev.pintle.policy.template;

/** The role of a value in a URL. */
public enum ValueKind {
    /** A host name, or an IPv6 address in brackets. */
    HOST,
    /** A path or a part of one, as the client sent it. */
    PATH,
    /** Any other text, which a URL takes percent-encoded. */
    TEXT
}
