package dev.pintle.routing.match;

/**
 * A query term that a route requires.
 *
 * @param name decoded
 * @param value decoded, or {@value #PRESENT} for any
 */
record QueryTerm(String name, String value) {
    static final String PRESENT = "*";
}
