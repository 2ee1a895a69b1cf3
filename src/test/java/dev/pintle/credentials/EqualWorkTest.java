package dev.pintle.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.crypto.Sha256;
import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.SecretKeyFactorySpi;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Unknown names and wrong secrets cost the same hashes, so that their times tell nothing apart. */
class EqualWorkTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    /** The hashes that the thread of the test computes: the algorithm and its amount of work. */
    private static final List<String> HASHES = new ArrayList<>();

    private static @Nullable Thread counted;

    private final RandomGenerator random = new SecureRandom();
    private final ApiKey key = ApiKey.create(random);
    private final CredentialIndex index = new CredentialIndex(List.of(
            new Credential("acme", key.id(), Credential.Kind.KEY, "", key.hash(), NOW, null),
            new Credential("old", key.id().toLowerCase(Locale.ROOT), Credential.Kind.KEY, "", key.hash(), NOW, NOW),
            new Credential("acme", "foreign", Credential.Kind.FOREIGN_KEY, "", Sha256.hex("legacy"), NOW, null),
            Credential.password("acme", PasswordHash.of("correct horse", random), NOW)));

    @BeforeEach
    void count() {
        counted = Thread.currentThread();
        Security.insertProviderAt(new CountingProvider(), 1);
    }

    @AfterEach
    void stop() {
        Security.removeProvider("counting");
        HASHES.clear();
    }

    @Test
    void everyKeyCostsOneHashOfItsLength() {
        String wrongSecret =
                key.text().substring(0, 11) + "x".repeat(43) + key.text().substring(54);
        String unknownId = ApiKey.create(random).text();

        assertThat(hashes(() -> index.key(wrongSecret, NOW)))
                .containsExactly("SHA-256 of 61")
                .isEqualTo(hashes(() -> index.key(unknownId, NOW)))
                .isEqualTo(hashes(() -> index.key(key.text(), NOW)))
                .isEqualTo(hashes(() -> index.key("y".repeat(61), NOW)));
    }

    @Test
    void everyPasswordCostsOneSlowHash() {
        assertThat(hashes(() -> index.password("acme", "wrong", NOW)))
                .containsExactly("PBKDF2 of 210000")
                .isEqualTo(hashes(() -> index.password("unknown", "wrong", NOW)))
                .isEqualTo(hashes(() -> index.password("acme", "correct horse", NOW)));
    }

    private static List<String> hashes(Runnable lookup) {
        HASHES.clear();
        lookup.run();
        return List.copyOf(HASHES);
    }

    private static void add(String hash) {
        if (Thread.currentThread() == counted) {
            HASHES.add(hash);
        }
    }

    private static final class CountingProvider extends Provider {
        private static final long serialVersionUID = 1;

        CountingProvider() {
            super("counting", "1", "counts the hashes of a thread");
            put("MessageDigest.SHA-256", CountingDigest.class.getName());
            put("SecretKeyFactory.PBKDF2WithHmacSHA512", CountingFactory.class.getName());
        }
    }

    /** SHA-256 of the JDK. */
    public static final class CountingDigest extends MessageDigestSpi {
        private final MessageDigest digest;
        private int length;

        public CountingDigest() throws Exception {
            digest = MessageDigest.getInstance("SHA-256", "SUN");
        }

        @Override
        protected void engineUpdate(byte input) {
            length++;
            digest.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int count) {
            length += count;
            digest.update(input, offset, count);
        }

        @Override
        protected byte[] engineDigest() {
            add("SHA-256 of " + length);
            return digest.digest();
        }

        @Override
        protected void engineReset() {
            length = 0;
            digest.reset();
        }
    }

    /** PBKDF2 of the JDK. */
    public static final class CountingFactory extends SecretKeyFactorySpi {
        private final SecretKeyFactory factory;

        public CountingFactory() throws Exception {
            factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512", "SunJCE");
        }

        @Override
        protected SecretKey engineGenerateSecret(KeySpec spec) throws InvalidKeySpecException {
            add("PBKDF2 of " + ((PBEKeySpec) spec).getIterationCount());
            return factory.generateSecret(spec);
        }

        @Override
        protected KeySpec engineGetKeySpec(SecretKey secret, Class<?> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected SecretKey engineTranslateKey(SecretKey secret) {
            throw new UnsupportedOperationException();
        }
    }
}
