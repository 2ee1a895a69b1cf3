package dev.pintle.cli;

import dev.pintle.files.FileErrors;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The address of the admin API and the token for it. Its messages name the variable or the file that each of them comes
 * from, and never the token.
 */
final class AdminApiAccess {
    private static final String LOCAL = "http://127.0.0.1:8081";
    private static final String URL = "PINTLE_URL";
    private static final String TOKEN = "PINTLE_ADMIN_TOKEN";
    private static final String DATA = "PINTLE_DATA";

    private final String address;
    private final String token;
    private final String place;
    private final String tokenSource;

    private AdminApiAccess(String address, boolean isDefault, String token, String tokenSource) {
        this.address = address;
        this.token = token;
        this.place = address + (isDefault ? " (the default; " + URL + " is not set)" : " (from " + URL + ')');
        this.tokenSource = tokenSource;
    }

    /** @param environment the value of an environment variable; null when it is not set */
    static AdminApiAccess of(UnaryOperator<@Nullable String> environment) throws CommandException {
        String given = environment.apply(URL);
        String url = Objects.requireNonNullElse(given, LOCAL);
        if (!url.matches("https?://[^/?#]+/?")) {
            throw new CommandException(
                    URL + " must be the address of the admin API, such as " + LOCAL + "; it is \"" + url + "\".");
        }
        String address = url.replaceAll("/$", "");
        String token = environment.apply(TOKEN);
        if (token != null && !token.isBlank()) {
            return new AdminApiAccess(address, given == null, token.strip(), TOKEN);
        }
        String data = Objects.requireNonNullElse(environment.apply(DATA), ".data");
        Path file = Path.of(data).resolve("admin.token");
        return new AdminApiAccess(address, given == null, read(file), "the file " + file);
    }

    private static String read(Path file) throws CommandException {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CommandException(
                    "Cannot read the admin token in " + file + ": " + FileErrors.cause(e) + ". Set " + TOKEN + ", or "
                            + DATA + " to the data directory of the node.",
                    e);
        }
    }

    /** The URL of a call. */
    URI uri(String path) {
        return URI.create(address + "/api/v1" + path);
    }

    String token() {
        return token;
    }

    CommandException unreachable(IOException fault) {
        return new CommandException(
                "Cannot reach the admin API at " + place + ": " + cause(fault) + ". Start the node, or set " + URL
                        + " to the address of its admin port.",
                fault);
    }

    /** Exceptions of Java's client often have no message. */
    private static String cause(IOException fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "unknown host";
            }
        }
        return switch (fault) {
            case HttpTimeoutException slow -> "no answer in time";
            case ConnectException refused
            when String.valueOf(refused.getMessage()).matches("null|Connection refused.*") -> "connection refused";
            default ->
                Objects.requireNonNullElse(fault.getMessage(), fault.getClass().getSimpleName());
        };
    }

    /** The answer of another server, or of the gateway port. */
    CommandException notTheAdminApi(int status, boolean isGateway) {
        return new CommandException("Cannot find the admin API at " + place + ": "
                + (isGateway ? "the gateway port of a node" : "another server") + " answered with status " + status
                + ". Set " + URL + " to the address of the admin port, such as " + LOCAL + '.');
    }

    CommandException tokenRejected() {
        return new CommandException("The admin API at " + place + " rejects the token in " + tokenSource + ". "
                + (tokenSource.equals(TOKEN)
                        ? "Set " + TOKEN
                                + " to a token of this node, such as the one in admin.token of its data directory."
                        : "Set " + DATA + " to the data directory of this node, or " + TOKEN
                                + " to one of its tokens."));
    }

    CommandException tokenNotAscii() {
        return new CommandException(
                "The admin token in " + tokenSource + " has characters that are not visible ASCII. Correct it.");
    }

    /** Completes the message about a role that the token lacks. */
    String tokenAdvice() {
        return "The token is in " + tokenSource + ". Set " + TOKEN + " to a token with that role.";
    }
}
