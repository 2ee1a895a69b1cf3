package dev.pintle.admin.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.files.FileAccessException;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Authentication by tokens, and the sources of tokens. */
class TokensTest {
    @TempDir
    private Path directory;

    @Nested
    class AtTheAdminApi {
        @Test
        void aClientWithoutATokenLearnsNothing() throws Exception {
            try (AdminApiHarness admin = new AdminApiHarness(directory)) {
                for (String path : new String[] {
                    "/",
                    "/tasks/gc",
                    "/metrics",
                    "/api/v1/routes",
                    "/api/v1/nothing",
                    "/api/v1/openapi.json",
                    "/__routes",
                    "/__metrics"
                }) {
                    Reply refused = admin.anonymous("GET", path).send();
                    assertThat(refused.status()).isEqualTo(401);
                    assertThat(refused.field("WWW-Authenticate")).isEqualTo("Bearer");
                    assertThat(refused.code()).isEqualTo("unauthorized");
                    assertThat(refused.json().path("traceId").asText()).isEqualTo(refused.field("X-Trace-ID"));
                }
                assertThat(admin.anonymous("PUT", "/api/v1/routes/x").send("{").status())
                        .isEqualTo(401);
            }
        }

        @Test
        void onlyTheCompleteTokenIsAccepted() throws Exception {
            try (AdminApiHarness admin = new AdminApiHarness(directory)) {
                for (String field : new String[] {
                    "Bearer",
                    "Bearer ",
                    "Bearer wrong",
                    "Bearer " + AdminApiHarness.TOKEN + "x",
                    "Bearer " + AdminApiHarness.TOKEN.substring(1),
                    "Bearer " + AdminApiHarness.TOKEN.toUpperCase(java.util.Locale.ROOT),
                    "Basic " + AdminApiHarness.TOKEN,
                    AdminApiHarness.TOKEN
                }) {
                    assertThat(admin.anonymous("GET", "/api/v1/routes")
                                    .with("Authorization", field)
                                    .send()
                                    .status())
                            .as(field)
                            .isEqualTo(401);
                }
                assertThat(admin.anonymous("GET", "/api/v1/routes")
                                .with("Authorization", "bearer " + AdminApiHarness.TOKEN)
                                .send()
                                .status())
                        .isEqualTo(200);
            }
        }

        @Test
        void probesNeedNoToken() throws Exception {
            try (AdminApiHarness admin = new AdminApiHarness(directory)) {
                assertThat(admin.anonymous("GET", "/__health").send().status()).isEqualTo(200);
                assertThat(admin.anonymous("GET", "/__ready").send().status()).isEqualTo(503);
            }
        }
    }

    @Nested
    class InAFile {
        @Test
        void theFirstStartGeneratesATokenThatOnlyItsOwnerCanRead() throws Exception {
            TokenFile file = inFolder();

            AdminToken made = file.read(new SecureRandom());

            assertThat(Files.getPosixFilePermissions(file.path()))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            String secret = Files.readString(file.path()).strip();
            assertThat(secret).hasSizeGreaterThanOrEqualTo(43);
            assertThat(made.matches(TokenHash.of(secret))).isTrue();
            assertThat(made.matches(TokenHash.of(secret + "x"))).isFalse();
            assertThat(made.name()).isEqualTo("admin");
            assertThat(made.role()).isEqualTo(Role.EDITOR);
        }

        @Test
        void laterStartsReadTheSameToken() throws Exception {
            TokenFile file = inFolder();
            file.read(new SecureRandom());
            String secret = Files.readString(file.path());

            assertThat(inFolder().read(new SecureRandom()).matches(TokenHash.of(secret.strip())))
                    .isTrue();
            assertThat(Files.readString(file.path())).isEqualTo(secret);
        }

        @Test
        void anEmptyFileIsRefusedWithItsName() throws Exception {
            TokenFile file = inFolder();
            Files.createFile(file.path());

            assertThatThrownBy(() -> file.read(new SecureRandom()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(file.path().toString());
        }

        @Test
        void aBinaryFileIsRefusedWithItsName() throws Exception {
            TokenFile file = inFolder();
            Files.write(file.path(), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

            assertThatThrownBy(() -> file.read(new SecureRandom()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(file.path().toString());
        }

        @Test
        void aDirectoryInsteadOfTheFileIsRefusedWithTheRemedy() throws Exception {
            TokenFile file = inFolder();
            Files.createDirectory(file.path());

            assertThatThrownBy(() -> file.read(new SecureRandom()))
                    .isInstanceOf(FileAccessException.class)
                    .hasMessageStartingWith("Cannot read the admin token " + file.path() + ": is a directory.")
                    .hasMessageContaining("PINTLE_ADMIN_TOKEN");
        }

        @Test
        void aFileThatCannotBeWrittenIsRefusedWithTheRemedy() {
            TokenFile file = new TokenFile(directory.resolve("missing/admin.token"));

            assertThatThrownBy(() -> file.read(new SecureRandom()))
                    .isInstanceOf(FileAccessException.class)
                    .hasMessageStartingWith(
                            "Cannot write the admin token " + file.path() + ": no such file or directory.")
                    .hasMessageContaining("PINTLE_ADMIN_TOKEN");
        }

        private TokenFile inFolder() {
            return new TokenFile(directory.resolve("admin.token"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "fifteen-letters", "with a blank inside", "umlaut-äöü-umlaut"})
    void anInvalidTokenIsRefused(String secret) {
        assertThatThrownBy(() -> AdminToken.admin(secret, "PINTLE_ADMIN_TOKEN"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PINTLE_ADMIN_TOKEN")
                .hasMessageContaining("16")
                .satisfies(refusal -> assertThat(
                                secret.isEmpty() || !refusal.getMessage().contains(secret))
                        .isTrue());
    }
}
