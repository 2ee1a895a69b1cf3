package dev.pintle.importers;

/** Names what is nearest in Pintle to a plugin of Kong without a counterpart. */
final class KongAdvice {
    private KongAdvice() {}

    /** A sentence that follows the report of a loss; empty when nothing is near. */
    static String of(String plugin) {
        String nearest = nearest(plugin);
        return nearest.isEmpty() ? "" : ". Nearest: " + nearest;
    }

    private static String nearest(String plugin) {
        return switch (plugin) {
            case "openid-connect" ->
                "an identity provider and \"jwt:ID\" in authentication.anyOf verify bearer tokens;"
                        + " externalAuth with oauth2-proxy signs in browsers";
            case "jwt" -> "an identity provider with the public keys in jwks, and \"jwt:ID\" in authentication.anyOf";
            case "oauth2", "oauth2-introspection", "hmac-auth", "ldap-auth", "ldap-auth-advanced" ->
                "externalAuth with a service that checks the credential";
            case "mtls-auth" -> "\"clientCertificate\" in authentication.anyOf";
            case "rate-limiting-advanced", "response-ratelimiting" -> "rateLimits";
            case "request-transformer", "request-transformer-advanced" -> "headers.request and rewrite.query";
            case "response-transformer-advanced" -> "headers.response";
            case "grpc-web" -> "grpcWeb";
            case "correlation-id" -> "X-Trace-ID, which every response has";
            case "opentelemetry", "zipkin" -> "tracing in config.yml";
            case "file-log", "http-log", "kafka-log", "loggly", "syslog", "tcp-log", "udp-log" ->
                "the access log on standard output, and a collector that ships it";
            case "datadog", "statsd" -> "the metrics of /__metrics on the admin port";
            default -> "";
        };
    }
}
