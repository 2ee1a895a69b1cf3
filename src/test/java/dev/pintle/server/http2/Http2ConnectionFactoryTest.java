package dev.pintle.server.http2;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Test;

class Http2ConnectionFactoryTest {
    private final HttpConfiguration.Customizer ofTheConnector = new OfTheConnector();

    @Test
    void aRequestPassesTheCustomizersOfItsConnectorAndTheValidatorOnly() {
        HttpConfiguration http1 = new HttpConfiguration();
        http1.addCustomizer(ofTheConnector);
        assertThat(new Http2ConnectionFactory(http1, "h2c")
                        .getHttpConfiguration()
                        .getCustomizers())
                .hasExactlyElementsOfTypes(OfTheConnector.class, Http2RequestValidator.class);
        assertThat(http1.getCustomizers()).containsExactly(ofTheConnector);
    }

    private static final class OfTheConnector implements HttpConfiguration.Customizer {
        @Override
        public Request customize(Request request, HttpFields.Mutable responseHeaders) {
            return request;
        }
    }
}
