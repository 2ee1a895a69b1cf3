package dev.pintle.app;

import dev.pintle.admin.auth.AdminToken;
import dev.pintle.admin.auth.AdminTokens;
import dev.pintle.admin.auth.TokenConfiguration;
import dev.pintle.admin.auth.TokenFile;
import dev.pintle.console.SessionKey;
import dev.pintle.peer.PeerKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The credentials of the admin API: from config.yml and the environment, or from the token file. */
final class AdminAccess {
    private final PintleConfiguration configuration;
    private final @Nullable AdminToken configuredToken;
    private final List<AdminToken> namedTokens;

    AdminAccess(PintleConfiguration configuration) {
        this.configuration = configuration;
        String adminToken = configuration.adminToken();
        this.configuredToken = adminToken.isEmpty() ? null : AdminToken.admin(adminToken, "PINTLE_ADMIN_TOKEN");
        this.namedTokens = configuration.adminTokens().stream()
                .map(TokenConfiguration::token)
                .toList();
    }

    /** Returns all tokens. Creates the token file if config.yml and the environment have no admin token. */
    AdminTokens tokens(TokenFile file) throws IOException {
        AdminToken admin = configuredToken == null ? file.read(new SecureRandom()) : configuredToken;
        return new AdminTokens(
                Stream.concat(Stream.of(admin), namedTokens.stream()).toList());
    }

    /** Returns the key of console sessions, which all nodes with the same admin token share. */
    SessionKey sessionKey(TokenFile file) throws IOException {
        return SessionKey.of(secret(file));
    }

    /** Returns the key of peers, which all nodes with the same admin token share. */
    PeerKey peerKey(TokenFile file) throws IOException {
        return new PeerKey(secret(file), new SecureRandom());
    }

    private String secret(TokenFile file) throws IOException {
        return configuredToken == null ? file.secret(new SecureRandom()) : configuration.adminToken();
    }

    /** Returns the place of the admin token, for the operator. */
    String source(TokenFile file) {
        return configuredToken == null ? file.path().toString() : "environment variable PINTLE_ADMIN_TOKEN";
    }
}
