package dev.pintle.http;

import java.io.IOException;
import java.io.InputStream;

/** A body whose first {@code close} also runs an action. */
final class OnCloseBody implements Body {
    private final Body body;
    private final Runnable action;
    private boolean closed;

    OnCloseBody(Body body, Runnable action) {
        this.body = body;
        this.action = action;
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
        return body.trailers();
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
        if (!closed) {
            closed = true;
            try {
                body.close();
            } finally {
                action.run();
            }
        }
    }
}
