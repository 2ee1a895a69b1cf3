package dev.pintle.http;

import java.security.cert.X509Certificate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A client whose connection the exchange cannot change. */
public interface DetachedClient extends Client {
    @Override
    default @Nullable X509Certificate certificate() {
        return null;
    }

    @Override
    default boolean acceptsTrailers() {
        return false;
    }

    @Override
    default void idle(Duration longest) {}

    @Override
    default void interim(int status, Headers headers) {}

    @Override
    default void abort() {}
}
