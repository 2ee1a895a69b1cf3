package dev.pintle.admin.auth;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The tokens that a node accepts. */
public final class AdminTokens {
    private final List<AdminToken> tokens;

    /**
     * Creates the tokens of a node.
     *
     * @param tokens the first is the one that every node has
     * @throws IllegalArgumentException when two tokens share a name or a secret; the message is for the operator
     */
    public AdminTokens(List<AdminToken> tokens) {
        this.tokens = List.copyOf(tokens);
        Set<String> names = new HashSet<>();
        for (AdminToken token : tokens) {
            if (!names.add(token.name())) {
                throw new IllegalArgumentException("Two admin tokens have the name \"" + token.name()
                        + "\". Rename one; \"admin\" is reserved for adminToken.");
            }
            tokens.stream()
                    .filter(other -> other != token && other.hasSameSecret(token))
                    .findFirst()
                    .ifPresent(other -> {
                        throw new IllegalArgumentException("The admin tokens \"" + token.name() + "\" and \""
                                + other.name() + "\" have the same secret. Generate another one for one of them.");
                    });
        }
    }

    /** The token that every node has. */
    AdminToken first() {
        return tokens.getFirst();
    }

    Optional<AdminToken> named(String name) {
        return tokens.stream().filter(token -> token.name().equals(name)).findFirst();
    }

    /** Finds the token of a secret. Compares all tokens, so that the time does not depend on the match. */
    Optional<AdminToken> find(String secret) {
        TokenHash digest = TokenHash.of(secret);
        AdminToken found = null;
        for (AdminToken token : tokens) {
            if (token.matches(digest)) {
                found = token;
            }
        }
        return Optional.ofNullable(found);
    }
}
