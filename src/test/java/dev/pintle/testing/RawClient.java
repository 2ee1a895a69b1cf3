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

/** A client of raw octets: it sends what it is told, and reads what comes. One character stands for one octet. */
public final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;
    private boolean reset;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects to a port of this machine. */
    public static RawClient to(int port) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            return new RawClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether nobody listens on a port of this machine. */
    public static boolean isRefused(int port) {
        try {
            to(port).close();
            return false;
        } catch (UncheckedIOException e) {
            return true;
        }
    }

    /** What comes, for bodies that are too big to be kept. */
    public InputStream in() {
        return in;
    }

    /** Where requests go, for bodies that are too big to be kept. */
    public OutputStream out() {
        try {
            return socket.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RawClient send(String octets) {
        try {
            socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends, unless the other side has ended the connection already. */
    public RawClient sendIfTaken(String octets) {
        try {
            return send(octets);
        } catch (UncheckedIOException e) {
            return this;
        }
    }

    /** Says that no more will be sent. */
    public RawClient finish() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What comes until, and with, that text; what came when the connection ends before. */
    public String until(String end) {
        StringBuilder read = new StringBuilder();
        try {
            while (read.indexOf(end, read.length() - end.length()) < 0) {
                int octet = in.read();
                if (octet < 0) {
                    break;
                }
                read.append((char) octet);
            }
        } catch (SocketException e) {
            // A reset ends the connection too.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read.toString();
    }

    /** A response head. */
    public String head() {
        return until("\r\n\r\n");
    }

    /** All that comes until the connection ends, in peace or with a reset. */
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

    /** Whether {@link #rest} ended with a reset (RST) instead of a farewell (FIN). */
    public boolean wasReset() {
        return reset;
    }

    /** Whether the other side has said something that was not read yet, or has ended the connection. */
    public boolean isHeard() {
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
            // Closed, so nobody will wait.
        }
    }

    /** Leaves with a reset instead of a farewell. */
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
