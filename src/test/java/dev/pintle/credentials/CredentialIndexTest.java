package dev.pintle.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.crypto.Sha256;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CredentialIndexTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    private final ApiKey key = ApiKey.create(new SecureRandom());

    @Test
    void aKeyHasAnIdASecretAndAChecksum() {
        assertThat(key.text()).matches("pin_[0-9A-Za-z]{6}_[0-9A-Za-z]{43}_[0-9a-f]{6}");
        assertThat(ApiKey.idOf(key.text())).contains(key.id());
        assertThat(key.toString()).doesNotContain(key.text());
    }

    @Test
    void aKeyIsFoundByItsIdAndComparedByItsHash() {
        CredentialIndex index = new CredentialIndex(List.of(stored(null)));

        assertThat(index.key(key.text(), NOW)).isPresent();
        String wrong = key.text().substring(0, 20) + "x".repeat(30) + key.text().substring(50);
        assertThat(ApiKey.idOf(wrong)).contains(key.id());
        assertThat(index.key(wrong, NOW)).isEmpty();
        assertThat(index.key(ApiKey.create(new SecureRandom()).text(), NOW)).isEmpty();
        assertThat(index.key("", NOW)).isEmpty();
    }

    @Test
    void aKeyOfAnotherGatewayIsFoundByItsHash() {
        CredentialIndex index = new CredentialIndex(List.of(new Credential(
                "acme", "abc123", Credential.Kind.FOREIGN_KEY, "", Sha256.hex("legacy-key-0001"), NOW, null)));

        assertThat(index.key("legacy-key-0001", NOW))
                .hasValueSatisfying(found -> assertThat(found.consumer()).isEqualTo("acme"));
        assertThat(index.key("legacy-key-0002", NOW)).isEmpty();
    }

    @Test
    void aKeyEndsAtItsExpiry() {
        CredentialIndex index = new CredentialIndex(List.of(stored(NOW)));

        assertThat(index.key(key.text(), NOW.minusMillis(1))).isPresent();
        assertThat(index.key(key.text(), NOW)).isEmpty();
    }

    @Test
    void aPasswordIsKeptAsASlowHash() {
        String hash = PasswordHash.of("correct horse battery", new SecureRandom());
        CredentialIndex index = new CredentialIndex(List.of(Credential.password("acme", hash, NOW)));

        assertThat(hash).doesNotContain("correct").startsWith("pbkdf2-sha512:210000:");
        assertThat(index.password("acme", "correct horse battery", NOW)).isPresent();
        assertThat(index.password("acme", "wrong horse battery", NOW)).isEmpty();
        assertThat(index.password("other", "correct horse battery", NOW)).isEmpty();
        assertThat(index.all().toString()).doesNotContain(hash);
    }

    private Credential stored(Instant expires) {
        return new Credential("acme", key.id(), Credential.Kind.KEY, "", key.hash(), NOW, expires);
    }
}
