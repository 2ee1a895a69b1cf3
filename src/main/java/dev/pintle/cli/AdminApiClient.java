package dev.pintle.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.files.FileErrors;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A client of the admin API of a running node at {@code PINTLE_URL}. The token comes from {@code PINTLE_ADMIN_TOKEN},
 * or from the file admin.token in the data directory {@code PINTLE_DATA}.
 */
final class AdminApiClient implements AutoCloseable {
    private static final String LOCAL = "http://127.0.0.1:8081";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final String base;
    private final String token;

    private AdminApiClient(String base, String token) {
        this.base = base;
        this.token = token;
    }

    /** @param environment the value of an environment variable; null when it is not set */
    static AdminApiClient of(UnaryOperator<@Nullable String> environment) throws CommandException {
        String url = Objects.requireNonNullElse(environment.apply("PINTLE_URL"), LOCAL);
        if (!url.matches("https?://[^/?#]+/?")) {
            throw new CommandException(
                    "PINTLE_URL must be the address of the admin API, such as " + LOCAL + "; it is \"" + url + "\".");
        }
        String configured = environment.apply("PINTLE_ADMIN_TOKEN");
        String data = Objects.requireNonNullElse(environment.apply("PINTLE_DATA"), ".data");
        String token = configured == null || configured.isBlank()
                ? read(Path.of(data).resolve("admin.token"))
                : configured.strip();
        return new AdminApiClient(url.replaceAll("/$", "") + "/api/v1", token);
    }

    private static String read(Path file) throws CommandException {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CommandException(
                    "Cannot read the admin token in " + file + ": " + FileErrors.cause(e)
                            + ". Set PINTLE_ADMIN_TOKEN, or PINTLE_DATA to the data directory of the node.",
                    e);
        }
    }

    JsonNode get(String path) throws CommandException {
        return json(send("GET", path, "application/json", Map.of(), null));
    }

    String getText(String path) throws CommandException {
        return send("GET", path, "text/plain", Map.of(), null);
    }

    JsonNode post(String path, Map<String, String> headers) throws CommandException {
        return json(send("POST", path, "application/json", headers, null));
    }

    JsonNode post(String path, Map<String, String> headers, JsonNode body) throws CommandException {
        return json(send("POST", path, "application/json", headers, body.toString()));
    }

    private String send(String method, String path, String accept, Map<String, String> headers, @Nullable String body)
            throws CommandException {
        try {
            HttpResponse<String> response =
                    client.send(request(method, path, accept, headers, body), BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new ApiProblemException(response.statusCode(), json(response.body()));
            }
            return response.body();
        } catch (IOException e) {
            throw new CommandException(
                    "Cannot reach the admin API at " + base + ": " + cause(e)
                            + ". Start the node, or set PINTLE_URL to its admin port.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("The command was interrupted.", e);
        }
    }

    private HttpRequest request(
            String method, String path, String accept, Map<String, String> headers, @Nullable String body)
            throws CommandException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(TIMEOUT)
                .header("Accept", accept)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (!header.getValue().matches("[ -~]*")) {
                String subject = header.getKey().equals("Pintle-Reason") ? "The reason" : "Every option";
                throw new CommandException(subject + " must be visible ASCII, because it travels in an HTTP header.");
            }
            request.header(header.getKey(), header.getValue());
        }
        try {
            return request.header("Authorization", "Bearer " + token).build();
        } catch (IllegalArgumentException e) {
            throw new CommandException("The admin token must be visible ASCII; correct PINTLE_ADMIN_TOKEN.");
        }
    }

    private static String cause(IOException fault) {
        return fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
    }

    static JsonNode json(String body) throws CommandException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new CommandException("The response is not JSON. Set PINTLE_URL to the admin API of Pintle.", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
