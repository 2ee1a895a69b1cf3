package dev.pintle.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An OpenID Connect issuer over a real socket: discovery, keys that rotate, and every way to fail. */
public final class TestIssuer implements AutoCloseable {
    private static final List<JWK> RSA_KEYS = readKeys();
    private static final AtomicInteger OWN_KEYS = new AtomicInteger();
    private static final AtomicInteger OTHER_KEYS = new AtomicInteger();

    private final HttpServer server;
    private final AtomicInteger keyRequests = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<JWK> published = new ArrayList<>();
    private volatile Mode mode = Mode.KEYS;
    private volatile String keysUrl;
    private RSAKey current;

    /** The answer to a request for the keys. */
    public enum Mode {
        KEYS,
        ERROR,
        HANGING,
        FIVE_MEBIBYTES,
        REDIRECT
    }

    public TestIssuer() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, 200, discovery()));
        server.createContext("/keys", this::keys);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        keysUrl = url() + "/keys";
        current = ownRsa("first");
        published.add(current);
        server.start();
    }

    /** The {@code iss} of its tokens. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public void mode(Mode next) {
        mode = next;
    }

    /** The URL of the keys in the discovery document, and the destination of {@link Mode#REDIRECT}. */
    public void keysUrl(String url) {
        keysUrl = url;
    }

    /** The number of requests for the keys. */
    public int keyRequests() {
        return keyRequests.get();
    }

    public RSAKey key() {
        return current;
    }

    /** Signs with another key from now on, and publishes it instead of the previous one. */
    public synchronized void rotate(String keyId) {
        current = ownRsa(keyId);
        published.clear();
        published.add(current);
    }

    /** Publishes further keys. */
    public synchronized void publish(JWK... keys) {
        published.addAll(List.of(keys));
    }

    /** Returns a key that no issuer signs with. Four calls in a row return different keys. */
    public static RSAKey rsa(String keyId) {
        return rsa(keyId, 2 * (OTHER_KEYS.getAndIncrement() % 4));
    }

    private static RSAKey ownRsa(String keyId) {
        return rsa(keyId, 2 * (OWN_KEYS.getAndIncrement() % 4) + 1);
    }

    /** Reads the key, because to generate one takes a second without the C2 compiler. */
    private static RSAKey rsa(String keyId, int index) {
        return new RSAKey.Builder(RSA_KEYS.get(index).toRSAKey()).keyID(keyId).build();
    }

    private static List<JWK> readKeys() {
        try (InputStream file = TestIssuer.class.getResourceAsStream("/rsa-keys.json")) {
            return JWKSet.load(file).getKeys();
        } catch (IOException | ParseException e) {
            throw new IllegalStateException("Cannot read rsa-keys.json", e);
        }
    }

    public static ECKey ec(String keyId) throws JOSEException {
        return new ECKeyGenerator(Curve.P_256).keyID(keyId).generate();
    }

    /** The usual claims, expiring in five minutes. */
    public String claims(String more) {
        long now = Instant.now().getEpochSecond();
        return "{\"iss\":\"" + url() + "\",\"sub\":\"ada\",\"aud\":\"api\",\"exp\":" + (now + 300) + more + "}";
    }

    /** A valid token. */
    public String token() throws JOSEException {
        return token(claims(""));
    }

    public String token(String claims) throws JOSEException {
        return sign(current, "{\"alg\":\"RS256\",\"kid\":\"" + current.getKeyID() + "\"}", claims);
    }

    /** Signs a header and claims as they are written. */
    public static String sign(JWK key, String header, String claims) throws JOSEException {
        String input = encode(header) + '.' + encode(claims);
        byte[] bytes = input.getBytes(StandardCharsets.US_ASCII);
        Base64URL signature = key instanceof ECKey ec
                ? new ECDSASigner(ec).sign(new JWSHeader(JWSAlgorithm.ES256), bytes)
                : new RSASSASigner((RSAKey) key).sign(new JWSHeader(JWSAlgorithm.RS256), bytes);
        return input + '.' + signature;
    }

    public static String encode(String text) {
        return Base64URL.encode(text).toString();
    }

    private String discovery() {
        return "{\"issuer\":\"" + url() + "\",\"jwks_uri\":\"" + (mode == Mode.REDIRECT ? url() + "/keys" : keysUrl)
                + "\"}";
    }

    private void keys(HttpExchange exchange) throws IOException {
        keyRequests.incrementAndGet();
        switch (mode) {
            case KEYS -> answer(exchange, 200, keySet());
            case ERROR -> answer(exchange, 500, "{}");
            case HANGING -> hang(exchange);
            case FIVE_MEBIBYTES -> answer(exchange, 200, "{\"keys\":[]," + " ".repeat(5 << 20) + "\"a\":1}");
            case REDIRECT -> {
                exchange.getResponseHeaders().set("Location", keysUrl);
                answer(exchange, 302, "");
            }
        }
    }

    /** The published keys. */
    public synchronized String keySet() {
        return new JWKSet(published).toString(true);
    }

    private void hang(HttpExchange exchange) {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
