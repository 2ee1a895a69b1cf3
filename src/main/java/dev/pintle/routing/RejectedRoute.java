package dev.pintle.routing;

/** A stored route that could not be made to run, and why. */
public record RejectedRoute(String id, String reason) {}
