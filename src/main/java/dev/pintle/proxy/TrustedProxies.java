package dev.pintle.proxy;

import dev.pintle.http.CidrSet;
import dev.pintle.http.Headers;
import dev.pintle.http.RequestOrigin;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The proxies whose forwarding headers count. {@code X-Forwarded-For} is read from the right: the client is the last address
 * that is not such a proxy, because a client can make up everything left of it. Immutable.
 *
 * <p>An entry that is not an address ends the search. The client's address is then the one of the proxy that wrote the entry:
 * the nearest that can be trusted.
 */
public final class TrustedProxies {
    /** A client may name more proxies than a request passes. */
    private static final int MOST_HOPS = 64;

    private final CidrSet blocks;

    public TrustedProxies(CidrSet blocks) {
        this.blocks = blocks;
    }

    boolean contains(String address) {
        return blocks.contains(address);
    }

    /**
     * The origin of a request.
     *
     * @param received the request as the gateway received it from its peer
     * @param ownPort the port of the gateway that received it
     */
    RequestOrigin origin(RequestOrigin received, int ownPort, Headers headers) {
        return contains(received.client()) ? told(received, ownPort, headers) : received;
    }

    private RequestOrigin told(RequestOrigin received, int ownPort, Headers headers) {
        Deque<String> nodes = new ArrayDeque<>(received.nodes());
        String client = received.client();
        List<String> entries = HeaderList.of(headers, "X-Forwarded-For", MOST_HOPS);
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
        ForwardedFacts facts = ForwardedFacts.of(headers, hop);
        if (!facts.isEmpty() && nodes.size() == 1) {
            nodes.addFirst(RequestOrigin.UNKNOWN);
        }
        return facts.applyTo(received, client, List.copyOf(nodes), ownPort);
    }
}
