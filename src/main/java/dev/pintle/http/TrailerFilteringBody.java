package dev.pintle.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;

/** A body without some of its trailers. */
final class TrailerFilteringBody implements Body {
    private final Body body;
    private final Predicate<String> excluded;

    TrailerFilteringBody(Body body, Predicate<String> excluded) {
        this.body = body;
        this.excluded = excluded;
    }

    @Override
    public long length() {
        return body.length();
    }

    @Override
    public InputStream stream() throws IOException {
        return body.stream();
    }

    @Override
    public Headers trailers() {
        return body.trailers().without(excluded);
    }

    @Override
    public boolean rewind() {
        return body.rewind();
    }

    @Override
    public boolean brokeOff() {
        return body.brokeOff();
    }

    @Override
    public void close() {
        body.close();
    }
}
