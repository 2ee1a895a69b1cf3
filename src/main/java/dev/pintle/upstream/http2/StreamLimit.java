package dev.pintle.upstream.http2;

/**
 * The streams of one connection: how many are open, and how many may be. A target permits a number in its SETTINGS, and
 * may refuse streams below that number while it is busy. The connection then opens no more than the target served at that
 * time, one more for each that ends, and one more now and then, because streams may last for hours. Not thread-safe.
 */
final class StreamLimit {
    /** More streams of one connection would wait for each other's bytes. The pool opens another connection instead. */
    static final int MOST = 100;

    private int permitted = MOST;
    private int served = MOST;
    private int open;

    int open() {
        return open;
    }

    /** The number of streams that the target permits, and the gateway uses. */
    int permitted() {
        return permitted;
    }

    /**
     * Takes the limit of the target.
     *
     * @param most a negative number is an unsigned one that Java cannot represent
     * @return the number that the gateway uses
     */
    int permit(int most) {
        permitted = most < 0 ? MOST : Math.min(most, MOST);
        return permitted;
    }

    /** Opens a stream, if one is left. */
    boolean tryOpen() {
        boolean free = open < Math.min(permitted, served);
        if (free) {
            open++;
        }
        return free;
    }

    void closed() {
        open--;
        served = Math.min(served + 1, MOST);
    }

    /** Permits one more stream of a busy target, which may serve it by now. */
    void probe() {
        if (isBusy()) {
            served = open + 1;
        }
    }

    /** The target refused a stream, which is closed. */
    void refused() {
        served = Math.max(open, 1);
    }

    /** Whether the target refused streams, and serves as many as it can. */
    boolean isBusy() {
        return open >= served && served < permitted;
    }
}
