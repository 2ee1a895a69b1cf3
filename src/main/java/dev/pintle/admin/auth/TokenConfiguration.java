package dev.pintle.admin.auth;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A token in config.yml: name, role and the hash of the secret. No file contains the secret itself.
 *
 * @param sha256 64 hex digits
 */
public record TokenConfiguration(
        @Nullable String name,
        @Nullable String role,
        @Nullable String sha256) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    /**
     * Creates the token.
     *
     * @throws IllegalArgumentException when a value is missing or invalid; the message is for the operator
     */
    public AdminToken token() {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("An entry of adminTokens has the name "
                    + (name == null ? "null" : '"' + name + '"')
                    + ". A name has 1 to 63 characters of a-z, 0-9, \".\", \"_\" and \"-\" and starts with a letter"
                    + " or a digit.");
        }
        return new AdminToken(name, knownRole(name), digest(name));
    }

    private Role knownRole(String name) {
        return Role.of(String.valueOf(role))
                .orElseThrow(() -> new IllegalArgumentException(
                        "The token \"" + name + "\" in adminTokens has the role \"" + role + "\"; use "
                                + Arrays.stream(Role.values()).map(Role::word).collect(Collectors.joining(" or "))
                                + "."));
    }

    /** Parses the hash. The message does not quote the value, because it may be the secret itself. */
    private TokenHash digest(String name) {
        try {
            return TokenHash.parse(String.valueOf(sha256).strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The token \"" + name + "\" in adminTokens needs a sha256 of 64 hex digits. Compute it with"
                            + " printf %s \"$TOKEN\" | sha256sum.");
        }
    }
}
