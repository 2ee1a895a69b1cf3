package dev.pintle.admin.auth;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.util.Optional;

/** The cookie of a console session. With TLS, its name has a prefix that binds it to this host (RFC 6265bis). */
public final class SessionCookie {
    private static final String NAME = "pintle-console";

    private SessionCookie() {}

    static Optional<String> of(ContainerRequestContext request) {
        return Optional.ofNullable(request.getCookies().get(name(isSecure(request))))
                .map(Cookie::getValue);
    }

    /** The cookie that starts or renews a session in the browser. */
    public static NewCookie with(String value, ContainerRequestContext request) {
        boolean secure = isSecure(request);
        return new NewCookie.Builder(name(secure))
                .value(value)
                .path("/")
                .secure(secure)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }

    /** The cookie that removes a session from the browser. */
    public static NewCookie removal(ContainerRequestContext request) {
        boolean secure = isSecure(request);
        return new NewCookie.Builder(name(secure))
                .value("")
                .path("/")
                .maxAge(0)
                .secure(secure)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }

    private static boolean isSecure(ContainerRequestContext request) {
        return "https".equals(request.getUriInfo().getRequestUri().getScheme());
    }

    private static String name(boolean secure) {
        return secure ? "__Host-" + NAME : NAME;
    }
}
