package dev.pintle.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.credentials.Credential;
import dev.pintle.store.CredentialStore;
import dev.pintle.store.StoreUnavailableException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jdbi.v3.core.Jdbi;

/** Passwords with a hash of a thousand rounds. A hash of the gateway takes a second in a test JVM, which lacks the C2 compiler. */
public final class TestPasswords {
    private static final int ROUNDS = 1_000;
    private static final int HASH_BITS = 256;

    private TestPasswords() {}

    /** Stores the password of a consumer. A node reads it with the next credential that it creates or removes. */
    public static void store(TestDatabase database, String consumer, String password) {
        try {
            assertThat(new CredentialStore(Jdbi.create(database.url()))
                            .put(Credential.password(consumer, hash(password), Instant.now())))
                    .isTrue();
        } catch (StoreUnavailableException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hash(String password) throws GeneralSecurityException {
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ROUNDS, HASH_BITS))
                .getEncoded();
        HexFormat hex = HexFormat.of();
        return "pbkdf2-sha512:" + ROUNDS + ':' + hex.formatHex(salt) + ':' + hex.formatHex(hash);
    }
}
