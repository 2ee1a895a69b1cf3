package dev.pintle.lint;

/**
 * The description of a rule, for findings and for the reference.
 *
 * @param code the name in the admin API, and in {@code lint.accept} of a route
 * @param meaning the condition of a finding, as a sentence
 * @param remedy the way to avoid a finding, as a sentence
 */
public record Rule(String code, Severity severity, String meaning, String remedy) {}
