package dev.pintle.policy;

/** The settings of a policy that has no configuration. */
public record NoSettings() {}
