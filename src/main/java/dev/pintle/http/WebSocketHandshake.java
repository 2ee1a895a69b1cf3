package dev.pintle.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The client's part of a valid WebSocket opening handshake (RFC 6455 section 4.1). Immutable.
 *
 * @param protocols the subprotocols that the client offers
 * @param extensions the names of the extensions that the client offers
 */
public record WebSocketHandshake(String key, List<String> protocols, List<String> extensions) {
    /** The token of {@code Upgrade}. */
    public static final String TOKEN = "websocket";

    public static final String KEY = "Sec-WebSocket-Key";
    public static final String VERSION = "Sec-WebSocket-Version";
    public static final String ACCEPT = "Sec-WebSocket-Accept";
    private static final String PROTOCOL = "Sec-WebSocket-Protocol";
    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    public WebSocketHandshake {
        protocols = List.copyOf(protocols);
        extensions = List.copyOf(extensions);
    }

    /** Whether a request asks for WebSocket. */
    public static boolean isIn(Headers request) {
        return request.hasToken("Upgrade", TOKEN) && request.hasToken("Connection", "upgrade");
    }

    /** The handshake of a request, whose key was validated. */
    public static WebSocketHandshake of(String key, Headers request) {
        return new WebSocketHandshake(key, elements(request, PROTOCOL), extensionNames(request));
    }

    /** The fault of a 101 response to this handshake; empty when the client may receive it. */
    public Optional<String> faultOf(Headers response) {
        if (!isIn(response)) {
            return Optional.of("its 101 response does not switch to WebSocket");
        }
        if (response.has("Content-Length") || response.has("Transfer-Encoding")) {
            return Optional.of("its 101 response announces content");
        }
        if (!response.all(ACCEPT).equals(List.of(accept(key)))) {
            return Optional.of("its Sec-WebSocket-Accept does not fit the Sec-WebSocket-Key of the client");
        }
        List<String> chosen = elements(response, PROTOCOL);
        if (chosen.size() > 1 || !protocols.containsAll(chosen)) {
            return Optional.of("it chose a subprotocol that the client did not offer");
        }
        return extensions.containsAll(extensionNames(response))
                ? Optional.empty()
                : Optional.of("it chose an extension that the client did not offer");
    }

    /** The {@code Sec-WebSocket-Accept} of a key (RFC 6455 section 4.2.2). */
    public static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private static List<String> extensionNames(Headers headers) {
        return elements(headers, EXTENSIONS).stream()
                .map(extension -> extension.split(";", 2)[0].strip())
                .toList();
    }

    /** Subprotocols and extensions are case-sensitive. */
    private static List<String> elements(Headers headers, String name) {
        return headers.all(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .toList();
    }
}
