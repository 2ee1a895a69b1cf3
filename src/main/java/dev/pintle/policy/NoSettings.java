package dev.pintle.policy;

/** The settings of a policy that has none. */
public record NoSettings() {}
