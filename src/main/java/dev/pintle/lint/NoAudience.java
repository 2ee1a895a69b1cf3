package dev.pintle.lint;

import com.fasterxml.jackson.databind.JsonNode;

/** Finds identity providers whose tokens for other services are accepted. */
final class NoAudience {
    static final Rule RULE = new Rule(
            "no-audience",
            Severity.WARNING,
            "An identity provider has no `audiences`: a token that the provider issued for another service passes.",
            "List the audiences of your APIs in `audiences`.");

    private NoAudience() {}

    static void check(String id, JsonNode provider, Report report) {
        if (!provider.hasNonNull("audiences")) {
            report.addWithoutRoute(
                    RULE,
                    "/audiences",
                    "The identity provider \"" + id + "\" has no audiences: its tokens for other services pass.");
        }
    }
}
