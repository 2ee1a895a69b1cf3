package dev.pintle.soak;

import dev.pintle.testing.LargeBody;
import dev.pintle.testing.RawClient;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Bodies of ten times the heap size. */
final class BigBodies implements Drill {
    private static final long SIZE = 1L << 30;
    private static final double MIB = 1 << 20;

    @Override
    public Figure run() throws IOException {
        try (DrillSite site = DrillSite.with("96m")) {
            site.gateway().route("big", "/big", "", site.upstream(LargeBody.of(SIZE)));
            upload(site);
            download(site, Double.MAX_VALUE);
            long pid = site.gateway().pid();
            long before = ProcessStats.of(pid).rss();
            ProcessStats.resetPeak(pid);
            double up = upload(site);
            double down = download(site, Double.MAX_VALUE);
            download(site, 100);
            return new Figure(
                    "1 GiB up, 1 GiB down, 1 GiB down to a reader of 100 MiB/s, heap 96 MiB, after one of each to warm up",
                    "identical, RSS + < 32 MiB, ≥ 200 MiB/s",
                    "identical; RSS + %d MiB; up %.0f MiB/s, down %.0f MiB/s"
                            .formatted(ProcessStats.of(pid).peak() - before, up, down));
        }
    }

    /** Measures the upload rate in MiB per second. */
    private static double upload(DrillSite site) throws IOException {
        long began = System.nanoTime();
        try (RawClient client = site.gateway().connect()) {
            client.send("POST /big HTTP/1.1\r\nHost: h\r\nContent-Length: " + SIZE + "\r\n\r\n");
            LargeBody.write(client.out(), SIZE);
            if (!client.until("whole").endsWith("whole")) {
                throw new IOException("the upload arrived changed");
            }
        }
        return SIZE / MIB / seconds(began);
    }

    /** Measures the download rate in MiB per second. */
    private static double download(DrillSite site, double most) throws IOException {
        long began = System.nanoTime();
        try (RawClient client = site.gateway().connect()) {
            client.send("GET /big HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                    .head();
            LargeBody.check(new Slow(client.in(), most), SIZE);
        }
        return SIZE / MIB / seconds(began);
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    /** Limits the rate of a stream in MiB per second. */
    private static final class Slow extends FilterInputStream {
        private final double most;
        private final long began = System.nanoTime();
        private long read;

        Slow(InputStream in, double most) {
            super(in);
            this.most = most;
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            Waiting.pause(Duration.ofNanos((long) (read / MIB / most * 1e9) - (System.nanoTime() - began)));
            int count = super.read(octets, offset, length);
            read += Math.max(0, count);
            return count;
        }
    }
}
