package dev.pintle.policy.externalauth;

/** The treatment of a request when the authorization service gives no usable answer. */
public enum FailureAction {
    DENY,
    ALLOW
}
