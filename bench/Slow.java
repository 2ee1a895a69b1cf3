import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A slow upstream: {@code java Slow.java PORT MILLIS}. It answers each GET with 200 bytes; the first without delay. */
public final class Slow {
    private static final byte[] ANSWER =
            ("HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n" + "x".repeat(200)).getBytes(StandardCharsets.US_ASCII);

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        int millis = Integer.parseInt(arguments[1]);
        try (ServerSocket server = new ServerSocket(port, 8192, InetAddress.getLoopbackAddress())) {
            boolean first = true;
            while (true) {
                Socket socket = server.accept();
                int wait = first ? 0 : millis;
                first = false;
                Thread.ofVirtual().start(() -> serve(socket, wait));
            }
        }
    }

    private static void serve(Socket socket, int millis) {
        try (socket) {
            socket.setTcpNoDelay(true);
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isEmpty()) {
                    Thread.sleep(millis);
                    socket.getOutputStream().write(ANSWER);
                }
            }
        } catch (IOException | InterruptedException e) {
            // The gateway left; so do we.
        }
    }
}
