package dev.pintle.testing;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/** Spring Authorization Server on a free port, with the client {@code acme}. Its discovery and tokens are its own. */
public final class AuthorizationServer implements AutoCloseable {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private volatile JWKSet keys;

    /** @param keyId of its first key */
    public AuthorizationServer(String keyId) throws Exception {
        rotate(keyId);
        connector.setHost("127.0.0.1");
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new HttpServlet() {}), "/");
        AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
        spring.register(Settings.class);
        context.addServletContainerInitializer((classes, servlets) -> {
            spring.setServletContext(servlets);
            spring.addBeanFactoryPostProcessor(factory -> factory.registerSingleton("keys", keySource()));
            spring.refresh();
            servlets.addFilter("spring", spring.getBean("springSecurityFilterChain", Filter.class))
                    .addMappingForUrlPatterns(null, false, "/*");
        });
        server.addConnector(connector);
        server.setHandler(context);
        server.start();
    }

    private JWKSource<SecurityContext> keySource() {
        return (selector, any) -> selector.select(keys);
    }

    /** The {@code iss} of its tokens. */
    public String url() {
        return "http://127.0.0.1:" + connector.getLocalPort();
    }

    /** Replaces its key. */
    public void rotate(String keyId) throws Exception {
        RSAKey key = TestIssuer.rsa(keyId);
        keys = new JWKSet(key);
    }

    /** The answer to a request of the client {@code acme} for a token (RFC 6749 section 4.4). */
    public String token(String secret, String scope) {
        String credentials = Base64.getEncoder().encodeToString(("acme:" + secret).getBytes(StandardCharsets.US_ASCII));
        HttpResponse<String> answer = TestGateway.send(HttpRequest.newBuilder(URI.create(url() + "/oauth2/token"))
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&scope=" + scope))
                .build());
        return answer.body();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server does not stop", e);
        }
    }

    /** Its configuration. */
    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    public static class Settings {
        /** The endpoints. */
        @Bean
        SecurityFilterChain endpoints(HttpSecurity http) throws Exception {
            return http.with(
                            OAuth2AuthorizationServerConfigurer.authorizationServer(),
                            endpoints -> endpoints.oidc(Customizer.withDefaults()))
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .csrf(csrf -> csrf.disable())
                    .build();
        }

        /** The clients. */
        @Bean
        RegisteredClientRepository clients() {
            return new InMemoryRegisteredClientRepository(RegisteredClient.withId("acme")
                    .clientId("acme")
                    .clientSecret("{noop}s3cret")
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                    .scope("orders:read")
                    .scope("orders:write")
                    .build());
        }

        /** Required by OpenID Connect's user information. */
        @Bean
        JwtDecoder decoder(JWKSource<SecurityContext> keys) {
            return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
        }

        /** The paths, with the issuer of each request. */
        @Bean
        AuthorizationServerSettings settings() {
            return AuthorizationServerSettings.builder().build();
        }
    }
}
