package dev.pintle.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/** A secret that opens the control desk, under the name that its holder's writes are recorded with. Kept as a digest only. */
public final class AdminToken {
    /** Characters that a header carries as they are. */
    private static final Pattern FORM = Pattern.compile("[!-~]{16,512}");

    private final String name;
    private final String place;
    private final byte[] digest;

    /**
     * A token.
     *
     * @param place where the secret was found, as the operator knows it
     * @throws IllegalArgumentException with a sentence, when the secret is too short or cannot be sent
     */
    public AdminToken(String name, String secret, String place) {
        if (!FORM.matcher(secret).matches()) {
            throw new IllegalArgumentException(
                    "The admin token in " + place + " has " + secret.length()
                            + " characters; it must have 16 to 512, all of them visible ASCII. \"openssl rand -hex 32\" makes one.");
        }
        this.name = name;
        this.place = place;
        this.digest = digest(secret);
    }

    String name() {
        return name;
    }

    /** Where the secret is to be found. */
    public String place() {
        return place;
    }

    /** Whether this is the secret; how long that takes tells nothing about it. */
    boolean isOpenedBy(String secret) {
        return MessageDigest.isEqual(digest, digest(secret));
    }

    private static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
