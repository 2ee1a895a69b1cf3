package dev.pintle.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A client of raw bytes. One character stands for one byte. */
public final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;
    private boolean reset;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects to a local port. */
    public static RawClient to(int port) {
        return to(port, InetAddress.getLoopbackAddress());
    }

    /** Connects to a local port from another address of this machine, such as 127.0.0.2. */
    public static RawClient to(int port, InetAddress from) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port, from, 0);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            return new RawClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Connects to a local port over TLS.
     *
     * @param protocol the name in ALPN, such as {@code h2}
     */
    public static RawClient tls(int port, SSLContext context, String protocol) {
        try {
            SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {protocol});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return new RawClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether a local port refuses connections. */
    public static boolean isRefused(int port) {
        try {
            to(port).close();
            return false;
        } catch (UncheckedIOException e) {
            return true;
        }
    }

    /** Returns the input, for bodies that do not fit into memory. */
    public InputStream in() {
        return in;
    }

    /** Returns the output, for bodies that do not fit into memory. */
    public OutputStream out() {
        try {
            return socket.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RawClient send(String bytes) {
        try {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends bytes unless the other side has closed the connection. */
    public RawClient sendIfOpen(String bytes) {
        try {
            return send(bytes);
        } catch (UncheckedIOException e) {
            return this;
        }
    }

    /** Closes the sending side. */
    public RawClient finish() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads up to and including a text, or to the end of the connection. */
    public String until(String end) {
        StringBuilder read = new StringBuilder();
        try {
            while (read.indexOf(end, read.length() - end.length()) < 0) {
                int b = in.read();
                if (b < 0) {
                    break;
                }
                read.append((char) b);
            }
        } catch (SocketException e) {
            // A reset ends the connection too.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read.toString();
    }

    /** Reads a response head. */
    public String head() {
        return until("\r\n\r\n");
    }

    /** Reads all bytes until the connection is closed or reset. */
    public String rest() {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try {
            in.transferTo(read);
        } catch (SocketException e) {
            reset = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read.toString(StandardCharsets.ISO_8859_1);
    }

    /** Returns whether {@link #rest} ended with a reset (RST) instead of a close (FIN). */
    public boolean wasReset() {
        return reset;
    }

    /** Returns whether unread bytes or the end of the connection have arrived. */
    public boolean hasInput() {
        try {
            socket.setSoTimeout(1);
            in.mark(1);
            in.read();
            in.reset();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            patiently();
        }
    }

    private void patiently() {
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
        } catch (SocketException e) {
            // Closed, so that no thread waits.
        }
    }

    /** Resets the connection instead of closing it. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
