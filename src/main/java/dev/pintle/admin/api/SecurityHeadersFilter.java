package dev.pintle.admin.api;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.List;
import java.util.Map;

/** Adds the security headers to every response of the admin port. The files of the console have their own values. */
@Priority(0)
public final class SecurityHeadersFilter implements ContainerResponseFilter {
    /** Prevents browsers from caching a response, sniffing its type, framing it, and sending its URL as a referrer. */
    static final Map<String, String> HEADERS = Map.of(
            "Cache-Control", "no-store",
            "X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer");

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        HEADERS.forEach((name, value) -> response.getHeaders().putIfAbsent(name, List.<Object>of(value)));
    }
}
