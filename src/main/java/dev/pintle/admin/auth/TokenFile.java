package dev.pintle.admin.auth;

import dev.pintle.files.FileAccessException;
import dev.pintle.files.FileErrors;
import dev.pintle.files.Permissions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The file with the token that a node generates at its first start. Only its owner can read it.
 *
 * @param path the path, in an existing directory
 */
public record TokenFile(Path path) {
    private static final int SECRET_BYTES = 32;

    /**
     * Reads the token, after generating it if the file is missing.
     *
     * @throws FileAccessException when the file can be neither created nor read
     * @throws IllegalArgumentException when the file contains no valid token; the message is for the operator
     */
    public AdminToken read(SecureRandom random) throws FileAccessException {
        return AdminToken.admin(secret(random), path.toString());
    }

    /**
     * Reads the secret of the token, after generating it if the file is missing.
     *
     * @throws FileAccessException when the file can be neither created nor read
     */
    public String secret(SecureRandom random) throws FileAccessException {
        generate(random);
        try {
            // Decodes any byte; the check of the token rejects other than visible ASCII characters.
            return Files.readString(path, StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            throw unusable("read", e);
        }
    }

    private void generate(SecureRandom random) throws FileAccessException {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        try {
            Permissions.createFile(path);
            Files.writeString(path, Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + '\n');
        } catch (FileAlreadyExistsException e) {
            // An earlier start generated it.
        } catch (IOException e) {
            throw unusable("write", e);
        }
    }

    private FileAccessException unusable(String action, IOException cause) {
        return new FileAccessException(
                "Cannot " + action + " the admin token " + path + ": " + FileErrors.cause(cause) + ". Let the user \""
                        + System.getProperty("user.name") + "\" " + action
                        + " this file, or set PINTLE_ADMIN_TOKEN to a token.",
                cause);
    }
}
