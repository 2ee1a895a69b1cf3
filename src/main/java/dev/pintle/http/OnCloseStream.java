package dev.pintle.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** A stream whose first {@code close} also runs an action. */
final class OnCloseStream implements DuplexStream {
    private final DuplexStream stream;
    private final Runnable action;
    private final AtomicBoolean closed = new AtomicBoolean();

    OnCloseStream(DuplexStream stream, Runnable action) {
        this.stream = stream;
        this.action = action;
    }

    @Override
    public InputStream input() {
        return stream.input();
    }

    @Override
    public OutputStream output() {
        return stream.output();
    }

    @Override
    public void endOutput() throws IOException {
        stream.endOutput();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                stream.close();
            } finally {
                action.run();
            }
        }
    }
}
