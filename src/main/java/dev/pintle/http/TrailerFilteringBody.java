package dev.pintle.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;

/** A body some of whose trailers are left out. */
final class TrailerFilteringBody implements Body {
    private final Body body;
    private final Predicate<String> leftOut;

    TrailerFilteringBody(Body body, Predicate<String> leftOut) {
        this.body = body;
        this.leftOut = leftOut;
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
        return body.trailers().without(leftOut);
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
