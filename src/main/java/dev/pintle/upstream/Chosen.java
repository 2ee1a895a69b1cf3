package dev.pintle.upstream;

/**
 * Where the next attempt goes.
 *
 * @param permit to be ended with the attempt
 * @param others whether a further attempt could go to a target that had none in this exchange
 */
record Chosen(Member member, Permit permit, boolean others) {}
