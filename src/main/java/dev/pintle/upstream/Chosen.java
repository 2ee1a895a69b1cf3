package dev.pintle.upstream;

/**
 * Where the next attempt goes.
 *
 * @param permit to be ended with the attempt
 */
record Chosen(Member member, Permit permit) {}
