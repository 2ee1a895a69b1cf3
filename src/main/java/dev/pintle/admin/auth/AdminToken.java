package dev.pintle.admin.auth;

import java.util.regex.Pattern;

/** A token of the admin API, with the name that its writes are recorded with and its role. */
public final class AdminToken {
    /** The characters that a header transports unchanged. */
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
     * Creates the token that every node has, with the name "admin" and the role editor.
     *
     * @param source the source of the secret, for messages
     * @throws IllegalArgumentException when the secret is too short or cannot be sent in a header; the message is for
     *     the operator
     */
    public static AdminToken admin(String secret, String source) {
        if (!FORM.matcher(secret).matches()) {
            throw new IllegalArgumentException("The admin token in " + source + " has " + secret.length()
                    + " characters; it must have 16 to 512 visible ASCII characters. Generate one with"
                    + " \"openssl rand -hex 32\".");
        }
        return new AdminToken("admin", Role.EDITOR, TokenHash.of(secret));
    }

    public String name() {
        return name;
    }

    public Role role() {
        return role;
    }

    /** Changes with the secret. */
    String fingerprint() {
        return digest.hex();
    }

    /** Whether a secret has this token's hash, compared in constant time. */
    boolean matches(TokenHash secret) {
        return digest.matches(secret);
    }

    /** Whether both tokens have the same secret. */
    boolean hasSameSecret(AdminToken other) {
        return digest.matches(other.digest);
    }
}
