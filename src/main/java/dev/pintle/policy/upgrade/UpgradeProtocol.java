package dev.pintle.policy.upgrade;

/** A protocol that a client may switch to. */
public enum UpgradeProtocol {
    WEBSOCKET
}
