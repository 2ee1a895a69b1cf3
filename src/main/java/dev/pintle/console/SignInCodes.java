package dev.pintle.console;

import dev.pintle.crypto.Sha256;
import dev.pintle.time.Ticker;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;

/** Codes that sign in once, on the node that created them, within ten minutes. Safe for all threads. */
public final class SignInCodes {
    static final Duration VALIDITY = Duration.ofMinutes(10);
    private static final int CODE_BYTES = 24;

    private final Ticker ticker;
    private final SecureRandom random;
    private final List<Code> codes = new ArrayList<>();

    public SignInCodes(Ticker ticker, SecureRandom random) {
        this.ticker = ticker;
        this.random = random;
    }

    /** Creates a code. */
    public synchronized String create() {
        byte[] bytes = new byte[CODE_BYTES];
        random.nextBytes(bytes);
        String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        codes.add(new Code(Sha256.digest(code), ticker.nanos()));
        return code;
    }

    /** Whether a code is valid. The call invalidates it. */
    public synchronized boolean redeem(String candidate) {
        byte[] digest = Sha256.digest(candidate);
        long now = ticker.nanos();
        codes.removeIf(code -> now - code.createdAt >= VALIDITY.toNanos());
        for (Iterator<Code> each = codes.iterator(); each.hasNext(); ) {
            if (MessageDigest.isEqual(each.next().digest, digest)) {
                each.remove();
                return true;
            }
        }
        return false;
    }

    /** @param createdAt the time on the ticker */
    @SuppressWarnings("ArrayRecordComponent")
    private record Code(byte[] digest, long createdAt) {}
}
