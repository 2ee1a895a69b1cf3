package dev.pintle.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A client of the admin API of a running node at {@code PINTLE_URL}. The token comes from {@code PINTLE_ADMIN_TOKEN},
 * or from the file admin.token in the data directory {@code PINTLE_DATA}.
 */
final class AdminApiClient implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final AdminApiAccess access;

    private AdminApiClient(AdminApiAccess access) {
        this.access = access;
    }

    /** @param environment the value of an environment variable; null when it is not set */
    static AdminApiClient of(UnaryOperator<@Nullable String> environment) throws CommandException {
        return new AdminApiClient(AdminApiAccess.of(environment));
    }

    JsonNode get(String path) throws CommandException {
        return json(send("GET", path, "application/json", Map.of(), null));
    }

    String getText(String path) throws CommandException {
        return send("GET", path, "text/plain", Map.of(), null).body();
    }

    JsonNode post(String path, Map<String, String> headers) throws CommandException {
        return json(send("POST", path, "application/json", headers, null));
    }

    JsonNode post(String path, Map<String, String> headers, JsonNode body) throws CommandException {
        return json(send("POST", path, "application/json", headers, body.toString()));
    }

    private HttpResponse<String> send(
            String method, String path, String accept, Map<String, String> headers, @Nullable String body)
            throws CommandException {
        try {
            HttpResponse<String> response =
                    client.send(request(method, path, accept, headers, body), BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw refusal(response);
            }
            return response;
        } catch (IOException e) {
            throw access.unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("The command was interrupted.", e);
        }
    }

    private CommandException refusal(HttpResponse<String> response) throws CommandException {
        JsonNode problem = json(response);
        if (isOfGateway(response) || !problem.path("code").isTextual()) {
            return access.notTheAdminApi(response.statusCode(), isOfGateway(response));
        }
        return switch (problem.path("code").asText()) {
            case "unauthorized", "too-many-failures" -> access.tokenRejected();
            case "forbidden" -> new ApiProblemException(response.statusCode(), problem, access.tokenAdvice());
            default -> new ApiProblemException(response.statusCode(), problem);
        };
    }

    /** The admin API sends no {@code Proxy-Status}. */
    private static boolean isOfGateway(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Proxy-Status")
                .filter(value -> value.startsWith("pintle"))
                .isPresent();
    }

    private HttpRequest request(
            String method, String path, String accept, Map<String, String> headers, @Nullable String body)
            throws CommandException {
        HttpRequest.Builder request = HttpRequest.newBuilder(access.uri(path))
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
            return request.header("Authorization", "Bearer " + access.token()).build();
        } catch (IllegalArgumentException e) {
            throw access.tokenNotAscii();
        }
    }

    private JsonNode json(HttpResponse<String> response) throws CommandException {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw access.notTheAdminApi(response.statusCode(), isOfGateway(response));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
