package dev.pintle.credentials;

import dev.pintle.crypto.Sha256;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An API key as the client sends it: {@code pin_ID_SECRET_CHECKSUM}. The id finds the key. The checksum lets scanners of
 * source code recognize a leaked key; it is no secret.
 */
public record ApiKey(String id, String text) {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID_LENGTH = 6;
    /** 43 characters of 62 have 256 bits. */
    private static final int SECRET_LENGTH = 43;

    private static final int CHECKSUM_LENGTH = 6;
    private static final String PREFIX = "pin_";
    private static final int ID_END = PREFIX.length() + ID_LENGTH;
    private static final int SECRET_END = ID_END + 1 + SECRET_LENGTH;
    private static final int LENGTH = SECRET_END + 1 + CHECKSUM_LENGTH;

    /**
     * Creates a key.
     *
     * @param random must be cryptographically strong
     */
    public static ApiKey create(RandomGenerator random) {
        String id = newId(random);
        String body = PREFIX + id + '_' + text(SECRET_LENGTH, random);
        return new ApiKey(id, body + '_' + Sha256.hex(body).substring(0, CHECKSUM_LENGTH));
    }

    /** Creates the id of a key whose text another gateway created. */
    public static String newId(RandomGenerator random) {
        return text(ID_LENGTH, random);
    }

    /** The id that a text names; empty when the text has not the form of a key of this gateway. */
    static Optional<String> idOf(String text) {
        boolean fits = text.length() == LENGTH
                && text.startsWith(PREFIX)
                && text.charAt(ID_END) == '_'
                && text.charAt(SECRET_END) == '_';
        return fits ? Optional.of(text.substring(PREFIX.length(), ID_END)) : Optional.empty();
    }

    /** The hash that is stored. The secret is random and long, so it needs no slow hash. */
    public String hash() {
        return Sha256.hex(text);
    }

    private static String text(int length, RandomGenerator random) {
        return IntStream.range(0, length)
                .mapToObj(i -> String.valueOf(ALPHABET.charAt(random.nextInt(ALPHABET.length()))))
                .collect(Collectors.joining());
    }

    /** Excludes the secret. */
    @Override
    public String toString() {
        return PREFIX + id + "_…";
    }
}
