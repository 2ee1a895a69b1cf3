package dev.pintle.admin.auth;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.NewCookie;
import java.net.URI;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ContainerRequest;
import org.junit.jupiter.api.Test;

/** The cookie of a console session has the strictest attributes that its connection permits. */
class SessionCookieTest {
    @Test
    void withTlsItIsBoundToItsHost() {
        NewCookie cookie = SessionCookie.with("value", request("https://gateway.example.com/"));

        assertThat(cookie.getName()).isEqualTo("__Host-pintle-console");
        assertThat(cookie.isSecure()).isTrue();
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo(NewCookie.SameSite.STRICT);
        assertThat(cookie.getPath()).isEqualTo("/");
        assertThat(cookie.getDomain()).isNull();
        assertThat(SessionCookie.removal(request("https://gateway.example.com/"))
                        .getName())
                .isEqualTo("__Host-pintle-console");
    }

    @Test
    void aCookieOfAnUnencryptedConnectionIsNoneWithTls() {
        ContainerRequest request = request("https://gateway.example.com/");
        request.header("Cookie", "pintle-console=value");

        assertThat(SessionCookie.of(request)).isEmpty();
    }

    private static ContainerRequest request(String uri) {
        return new ContainerRequest(URI.create(uri), URI.create(uri), "GET", null, new MapPropertiesDelegate(), null);
    }
}
