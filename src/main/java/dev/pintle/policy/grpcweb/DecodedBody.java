package dev.pintle.policy.grpcweb;

import dev.pintle.http.Body;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The body of an {@code application/grpc-web-text} request without its Base64. */
final class DecodedBody implements Body {
    private final Body body;
    private @Nullable InputStream decoded;

    DecodedBody(Body body) {
        this.body = body;
    }

    @Override
    public long length() {
        return body.length() == 0 ? 0 : UNKNOWN;
    }

    @Override
    public InputStream stream() throws IOException {
        InputStream opened = decoded;
        if (opened == null) {
            opened = Base64.getDecoder().wrap(body.stream());
            decoded = opened;
        }
        return opened;
    }

    @Override
    public void close() {
        body.close();
    }
}
