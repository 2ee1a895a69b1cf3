import java.io.BufferedInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * A constant rate of GETs over kept connections: {@code java Paced.java PORT PATH RATE CONNECTIONS SECONDS}, after some seconds
 * that do not count, in which this program warms up. Prints p50, p99
 * and p99.9 in microseconds and how many were not answered 200. A latency counts from when the request was due, not from when it could be
 * sent, so a server that stalls pays for every request it held up (coordinated omission).
 */
public final class Paced {
    private static final int WARM_SECONDS = 4;

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        String path = arguments[1];
        int rate = Integer.parseInt(arguments[2]);
        int connections = Integer.parseInt(arguments[3]);
        int seconds = Integer.parseInt(arguments[4]);
        long begin = System.nanoTime() + 200_000_000L;
        List<Future<long[]>> results = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < connections; i++) {
                long first = begin + i * 1_000_000_000L / rate;
                long step = connections * 1_000_000_000L / rate;
                results.add(pool.submit(() -> drive(port, path, first, step, begin + (WARM_SECONDS + seconds) * 1_000_000_000L)));
            }
        }
        long[] all = results.stream().flatMapToLong(result -> Arrays.stream(result.resultNow())).sorted().toArray();
        long failed = Arrays.stream(all).filter(nanos -> nanos == Long.MAX_VALUE).count();
        System.out.println(at(all, 0.5) + " " + at(all, 0.99) + " " + at(all, 0.999) + " " + failed);
    }

    private static long at(long[] sorted, double part) {
        return sorted[(int) Math.min(sorted.length - 1, sorted.length * part)] / 1_000;
    }

    /** Latencies in nanoseconds; the largest possible one for a request that was not answered 200. */
    private static long[] drive(int port, String path, long first, long step, long end) throws Exception {
        long[] latencies = new long[(int) Math.max(0, (end - first + step - 1) / step)];
        byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int i = 0; i < latencies.length; i++) {
                long due = first + i * step;
                for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                    LockSupport.parkNanos(due - now);
                }
                out.write(request);
                latencies[i] = answered(in) ? System.nanoTime() - due : Long.MAX_VALUE;
            }
        }
        int warm = (int) Math.min(latencies.length, WARM_SECONDS * 1_000_000_000L / step);
        return Arrays.copyOfRange(latencies, warm, latencies.length);
    }

    /** Reads a response with a Content-Length, whole. */
    private static boolean answered(InputStream in) throws Exception {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                throw new IllegalStateException("the connection ended in " + head);
            }
            head.append((char) octet);
        }
        String text = head.toString().toLowerCase();
        int at = text.indexOf("content-length:") + "content-length:".length();
        in.skipNBytes(Long.parseLong(text.substring(at, text.indexOf("\r\n", at)).strip()));
        return text.startsWith("http/1.1 200");
    }
}
