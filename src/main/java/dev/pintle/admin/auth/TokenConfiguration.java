package dev.pintle.admin.auth;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A token as config.yml names it: its holder, what that one may do, and the hash of the secret, which itself stands nowhere.
 *
 * @param sha256 64 hex digits
 */
public record TokenConfiguration(
        @Nullable String name,
        @Nullable String role,
        @Nullable String sha256) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    /**
     * The token that is meant.
     *
     * @throws IllegalArgumentException with a sentence, when something is missing or cannot be meant
     */
    public AdminToken token() {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("An entry of adminTokens has the name "
                    + (name == null ? "null" : '"' + name + '"')
                    + "; a name is 1 to 63 of a-z, 0-9, \".\", \"_\" and \"-\", the first a letter or a digit.");
        }
        return new AdminToken(name, knownRole(name), digest(name));
    }

    private Role knownRole(String holder) {
        return Role.of(String.valueOf(role))
                .orElseThrow(() -> new IllegalArgumentException(
                        "The token \"" + holder + "\" in adminTokens has the role \"" + role + "\"; use "
                                + Arrays.stream(Role.values()).map(Role::word).collect(Collectors.joining(" or "))
                                + "."));
    }

    /** What stands in place of a hash may be the secret itself: the sentence does not repeat it. */
    private TokenHash digest(String holder) {
        try {
            return TokenHash.parse(String.valueOf(sha256).strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The token \"" + holder + "\" in adminTokens needs a sha256 of 64 hex digits;"
                            + " printf %s \"$TOKEN\" | sha256sum prints it.");
        }
    }
}
