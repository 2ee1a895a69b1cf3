package dev.pintle.peer;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers the requests of peers for the snapshot of this node. Safe for all threads. */
public final class SnapshotOffer {
    /** The path on the admin port. */
    public static final String PATH = "peer/snapshot";
    /** The header of the answer that proves the admin token of its sender. */
    public static final String PROOF = "Pintle-Peer-Proof";
    /** The authentication scheme. The credentials are the nonce and the proof. */
    static final String SCHEME = "Pintle-Peer ";

    private static final Pattern CREDENTIALS =
            Pattern.compile(Pattern.quote(SCHEME) + "([A-Za-z0-9_-]{22})\\.([A-Za-z0-9_-]{43})");

    private final PeerKey key;
    private final Supplier<Optional<String>> snapshot;

    /** @param snapshot the present snapshot as text; empty when this node serves no configuration */
    public SnapshotOffer(PeerKey key, Supplier<Optional<String>> snapshot) {
        this.key = key;
        this.snapshot = snapshot;
    }

    /** An encrypted snapshot. */
    public static final class Sealed {
        private final String proof;
        private final byte[] content;

        private Sealed(String proof, byte[] content) {
            this.proof = proof;
            this.content = content;
        }

        /** The value of the header {@link #PROOF}. */
        public String proof() {
            return proof;
        }

        /** The body of the answer; not to be changed. */
        public byte[] content() {
            return content;
        }
    }

    /**
     * Seals the snapshot for a peer; empty when this node has none.
     *
     * @param authorization the header of the request
     * @throws SecurityException when the peer does not prove that it has the admin token of this node
     */
    public Optional<Sealed> sealed(@Nullable String authorization) {
        Matcher credentials = CREDENTIALS.matcher(authorization == null ? "" : authorization);
        if (!credentials.matches() || !key.proves(credentials.group(1), credentials.group(2))) {
            throw new SecurityException("the peer does not have the admin token of this node");
        }
        String nonce = credentials.group(1);
        return snapshot.get()
                .map(text ->
                        new Sealed(key.answerProof(nonce), key.seal(nonce, text.getBytes(StandardCharsets.UTF_8))));
    }
}
