package dev.pintle.credentials;

import dev.pintle.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All credentials of a moment, for lookup. A lookup does the same work for an unknown id and for a wrong secret. Immutable. */
public final class CredentialIndex {
    public static final CredentialIndex EMPTY = new CredentialIndex(List.of());

    private static final String NO_HASH = "0".repeat(2 * Sha256.BYTES);

    private final List<Credential> all;
    private final Map<String, Credential> keys = new HashMap<>();
    private final Map<String, Credential> foreignKeys = new HashMap<>();
    private final Map<String, Credential> passwords = new HashMap<>();
    private final Map<String, Credential> certificates = new HashMap<>();

    public CredentialIndex(List<Credential> credentials) {
        this.all = List.copyOf(credentials);
        for (Credential credential : all) {
            switch (credential.kind()) {
                case KEY -> keys.put(credential.id(), credential);
                case FOREIGN_KEY -> foreignKeys.put(credential.hash(), credential);
                case PASSWORD -> passwords.put(credential.consumer(), credential);
                case CERTIFICATE -> certificates.put(credential.hash(), credential);
            }
        }
    }

    public List<Credential> all() {
        return all;
    }

    /** The credential of a key; empty when the key is unknown, wrong or expired. */
    public Optional<Credential> key(String text, Instant now) {
        String hash = Sha256.hex(text);
        Credential own = keys.get(ApiKey.idOf(text).orElse(""));
        Credential foreign = foreignKeys.get(hash);
        Credential candidate = own == null ? foreign : own;
        boolean matches = isSame(candidate == null ? NO_HASH : candidate.hash(), hash);
        return matches ? unexpired(candidate, now) : Optional.empty();
    }

    /** The credential of the first name of a verified certificate that a consumer has, expired or not. */
    public Optional<Credential> certificate(List<String> names) {
        return names.stream()
                .flatMap(name -> Stream.ofNullable(certificates.get(name)))
                .findFirst();
    }

    private static boolean isSame(String stored, String presented) {
        return MessageDigest.isEqual(
                stored.getBytes(StandardCharsets.US_ASCII), presented.getBytes(StandardCharsets.US_ASCII));
    }

    /** The credential of a consumer's password; empty when it is unknown or wrong. Takes about 0.1 s in all cases. */
    public Optional<Credential> password(String consumer, String password, Instant now) {
        Credential candidate = passwords.get(consumer);
        boolean matches = PasswordHash.matches(candidate == null ? PasswordHash.NEVER : candidate.hash(), password);
        return matches ? unexpired(candidate, now) : Optional.empty();
    }

    /** The hash of a consumer's password, which changes with the password; null when the consumer has none. */
    public @Nullable String passwordHash(String consumer) {
        Credential password = passwords.get(consumer);
        return password == null ? null : password.hash();
    }

    private static Optional<Credential> unexpired(@Nullable Credential credential, Instant now) {
        return Optional.ofNullable(credential).filter(found -> !found.isExpired(now));
    }
}
