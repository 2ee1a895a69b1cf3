package dev.pintle.proxy;

import dev.pintle.http.CidrSet;
import dev.pintle.http.Headers;
import dev.pintle.http.RequestOrigin;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The proxies whose forwarding headers the gateway accepts. It reads {@code X-Forwarded-For} from the right: the client
 * is the last address that is not a trusted proxy, because a client can forge all entries to its left. Immutable.
 *
 * <p>An entry that is not an address ends the search. The client address is then that of the proxy that wrote the
 * entry, the nearest trusted one.
 */
public final class TrustedProxies {
    /** Limits the work, because a client may list more proxies than a request passes. */
    private static final int MAX_HOPS = 64;

    private final CidrSet blocks;

    public TrustedProxies(CidrSet blocks) {
        this.blocks = blocks;
    }

    boolean contains(String address) {
        return blocks.contains(address);
    }

    /**
     * Returns the origin of a request.
     *
     * @param received the request as the gateway received it from its peer
     * @param ownPort the port of the gateway that received it
     */
    RequestOrigin origin(RequestOrigin received, int ownPort, Headers headers) {
        return contains(received.client()) ? trustedOrigin(received, ownPort, headers) : received;
    }

    private RequestOrigin trustedOrigin(RequestOrigin received, int ownPort, Headers headers) {
        Deque<String> nodes = new ArrayDeque<>(received.nodes());
        String client = received.client();
        List<String> entries = HeaderList.of(headers, "X-Forwarded-For", MAX_HOPS);
        int hop = 0;
        for (int i = 0; i < entries.size(); i++) {
            hop = i;
            String address = ForwardedAddress.parse(entries.get(entries.size() - 1 - i));
            if (address == null) {
                nodes.addFirst(RequestOrigin.UNKNOWN);
                break;
            }
            nodes.addFirst(address);
            client = address;
            if (!contains(address)) {
                break;
            }
        }
        ForwardedOrigin forwarded = ForwardedOrigin.of(headers, hop);
        if (!forwarded.isEmpty() && nodes.size() == 1) {
            nodes.addFirst(RequestOrigin.UNKNOWN);
        }
        return forwarded.applyTo(received, client, List.copyOf(nodes), ownPort);
    }
}
