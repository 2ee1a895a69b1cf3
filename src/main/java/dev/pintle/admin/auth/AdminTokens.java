package dev.pintle.admin.auth;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The tokens that open the control desk of a node. */
public final class AdminTokens {
    private final List<AdminToken> tokens;

    /** @throws IllegalArgumentException with a sentence, when two share a name or a secret */
    public AdminTokens(List<AdminToken> tokens) {
        this.tokens = List.copyOf(tokens);
        Set<String> names = new HashSet<>();
        for (AdminToken token : tokens) {
            if (!names.add(token.name())) {
                throw new IllegalArgumentException("Two admin tokens have the name \"" + token.name()
                        + "\"; each needs its own, and \"admin\" is the name of adminToken.");
            }
            tokens.stream()
                    .filter(other -> other != token && other.isTwinOf(token))
                    .findFirst()
                    .ifPresent(other -> {
                        throw new IllegalArgumentException("The admin tokens \"" + token.name() + "\" and \""
                                + other.name() + "\" are the same secret; make another for one of them.");
                    });
        }
    }

    /** The token that a secret opens. All are asked, so that the time tells nothing about which. */
    Optional<AdminToken> openedBy(String secret) {
        TokenHash digest = TokenHash.of(secret);
        AdminToken found = null;
        for (AdminToken token : tokens) {
            if (token.isOpenedBy(digest)) {
                found = token;
            }
        }
        return Optional.ofNullable(found);
    }
}
