package dev.pintle.routing;

/** A stored route that could not be made to run, and why. */
public record KeptOut(String id, String reason) {}
