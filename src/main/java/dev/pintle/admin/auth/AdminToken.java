package dev.pintle.admin.auth;

import java.util.regex.Pattern;

/** A secret that opens the control desk: the name that its holder's writes are recorded with, and what the holder may do. */
public final class AdminToken {
    /** Characters that a header carries as they are. */
    private static final Pattern FORM = Pattern.compile("[!-~]{16,512}");

    private final String name;
    private final Role role;
    private final TokenHash digest;

    public AdminToken(String name, Role role, TokenHash digest) {
        this.name = name;
        this.role = role;
        this.digest = digest;
    }

    /**
     * The token that every node has: an editor's, by the name "admin".
     *
     * @param place where the secret was found, as the operator knows it
     * @throws IllegalArgumentException with a sentence, when the secret is too short or cannot be sent
     */
    public static AdminToken admin(String secret, String place) {
        if (!FORM.matcher(secret).matches()) {
            throw new IllegalArgumentException(
                    "The admin token in " + place + " has " + secret.length()
                            + " characters; it must have 16 to 512, all of them visible ASCII. \"openssl rand -hex 32\" makes one.");
        }
        return new AdminToken("admin", Role.EDITOR, TokenHash.of(secret));
    }

    public String name() {
        return name;
    }

    public Role role() {
        return role;
    }

    /** Whether a secret of this digest opens; how long that takes tells nothing about it. */
    boolean isOpenedBy(TokenHash secret) {
        return digest.matches(secret);
    }

    /** Whether one secret opens both. */
    boolean isTwinOf(AdminToken other) {
        return digest.matches(other.digest);
    }
}
