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

/** Who is let in, and where tokens come from. */
class TokensTest {
    @TempDir
    private Path folder;

    @Nested
    class AtTheDesk {
        @Test
        void whoHasNoTokenLearnsNothing() throws Exception {
            try (AdminApiHarness desk = new AdminApiHarness(folder)) {
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
                    Reply refused = desk.anonymous("GET", path).send();
                    assertThat(refused.status()).isEqualTo(401);
                    assertThat(refused.field("WWW-Authenticate")).isEqualTo("Bearer");
                    assertThat(refused.code()).isEqualTo("unauthorized");
                    assertThat(refused.json().path("traceId").asText()).isEqualTo(refused.field("X-Trace-ID"));
                }
                assertThat(desk.anonymous("PUT", "/api/v1/routes/x").send("{").status())
                        .isEqualTo(401);
            }
        }

        @Test
        void onlyTheWholeTokenOpens() throws Exception {
            try (AdminApiHarness desk = new AdminApiHarness(folder)) {
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
                    assertThat(desk.anonymous("GET", "/api/v1/routes")
                                    .with("Authorization", field)
                                    .send()
                                    .status())
                            .as(field)
                            .isEqualTo(401);
                }
                assertThat(desk.anonymous("GET", "/api/v1/routes")
                                .with("Authorization", "bearer " + AdminApiHarness.TOKEN)
                                .send()
                                .status())
                        .isEqualTo(200);
            }
        }

        @Test
        void probesNeedNoToken() throws Exception {
            try (AdminApiHarness desk = new AdminApiHarness(folder)) {
                assertThat(desk.anonymous("GET", "/__health").send().status()).isEqualTo(200);
                assertThat(desk.anonymous("GET", "/__ready").send().status()).isEqualTo(503);
            }
        }
    }

    @Nested
    class InAFile {
        @Test
        void oneIsMadeAtTheFirstStartThatItsOwnerAloneCanRead() throws Exception {
            TokenFile file = inFolder();

            AdminToken made = file.read(new SecureRandom());

            assertThat(Files.getPosixFilePermissions(file.path()))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            String secret = Files.readString(file.path()).strip();
            assertThat(secret).hasSizeGreaterThanOrEqualTo(43);
            assertThat(made.isOpenedBy(TokenHash.of(secret))).isTrue();
            assertThat(made.isOpenedBy(TokenHash.of(secret + "x"))).isFalse();
            assertThat(made.name()).isEqualTo("admin");
            assertThat(made.role()).isEqualTo(Role.EDITOR);
        }

        @Test
        void laterStartsReadTheSame() throws Exception {
            TokenFile file = inFolder();
            file.read(new SecureRandom());
            String secret = Files.readString(file.path());

            assertThat(inFolder().read(new SecureRandom()).isOpenedBy(TokenHash.of(secret.strip())))
                    .isTrue();
            assertThat(Files.readString(file.path())).isEqualTo(secret);
        }

        @Test
        void anEmptyFileIsRefusedByItsName() throws Exception {
            TokenFile file = inFolder();
            Files.createFile(file.path());

            assertThatThrownBy(() -> file.read(new SecureRandom()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(file.path().toString());
        }

        @Test
        void aFileThatIsNotTextIsRefusedByItsName() throws Exception {
            TokenFile file = inFolder();
            Files.write(file.path(), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

            assertThatThrownBy(() -> file.read(new SecureRandom()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(file.path().toString());
        }

        @Test
        void aDirectoryInItsPlaceIsRefusedWithTheRemedy() throws Exception {
            TokenFile file = inFolder();
            Files.createDirectory(file.path());

            assertThatThrownBy(() -> file.read(new SecureRandom()))
                    .isInstanceOf(FileAccessException.class)
                    .hasMessageStartingWith("Cannot read the admin token " + file.path() + ": is a directory.")
                    .hasMessageContaining("PINTLE_ADMIN_TOKEN");
        }

        @Test
        void aFileThatCannotBeWrittenIsRefusedWithTheRemedy() {
            TokenFile file = new TokenFile(folder.resolve("missing/admin.token"));

            assertThatThrownBy(() -> file.read(new SecureRandom()))
                    .isInstanceOf(FileAccessException.class)
                    .hasMessageStartingWith(
                            "Cannot write the admin token " + file.path() + ": no such file or directory.")
                    .hasMessageContaining("PINTLE_ADMIN_TOKEN");
        }

        private TokenFile inFolder() {
            return new TokenFile(folder.resolve("admin.token"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "fifteen-letters", "with a blank inside", "umlaut-äöü-umlaut"})
    void aTokenThatIsTooShortOrCannotBeSentIsRefused(String secret) {
        assertThatThrownBy(() -> AdminToken.admin(secret, "PINTLE_ADMIN_TOKEN"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PINTLE_ADMIN_TOKEN")
                .hasMessageContaining("16")
                .satisfies(refusal -> assertThat(
                                secret.isEmpty() || !refusal.getMessage().contains(secret))
                        .isTrue());
    }
}
