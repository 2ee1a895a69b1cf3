package dev.pintle.upstream.discovery;

import dev.pintle.upstream.dns.EgressPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.SRVRecord;

/** Looks up targets by DNS, and drops the addresses that the egress policy blocks. Thread-safe. */
public final class DnsTargetLookup implements TargetLookup {
    private static final Logger LOG = LoggerFactory.getLogger(DnsTargetLookup.class);
    /** As many as a route may list. */
    private static final int MAX_ENDPOINTS = 256;
    /** The maximum number of blocked destinations that are logged, once each. */
    private static final int MAX_LOGGED = 1_000;

    private final DnsClient dns;
    private final EgressPolicy egress;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    public DnsTargetLookup(DnsClient dns, EgressPolicy egress) {
        this.dns = dns;
        this.egress = egress;
    }

    @Override
    public Resolution lookUp(DiscoveryQuery query) throws IOException {
        List<Endpoint> found = new ArrayList<>();
        Duration ttl = query.type() == RecordType.SRV
                ? services(query.name(), found)
                : addresses(query.name(), query.type(), query.port(), 1, found);
        // Sorted, so that all nodes keep the same targets.
        Map<String, Endpoint> usable = new TreeMap<>();
        found.stream().filter(this::isAllowed).forEach(endpoint -> usable.putIfAbsent(endpoint.authority(), endpoint));
        return new Resolution(usable.values().stream().limit(MAX_ENDPOINTS).toList(), ttl);
    }

    /** Adds the addresses of a name, and returns their TTL. */
    private Duration addresses(String name, RecordType type, int port, int weight, List<Endpoint> found)
            throws IOException {
        DnsAnswer answer = dns.query(name, type);
        for (org.xbill.DNS.Record each : answer.records()) {
            found.add(new Endpoint(address(each), port, weight));
        }
        return answer.ttl();
    }

    private static InetAddress address(org.xbill.DNS.Record each) {
        byte[] bytes = switch (each) {
            case ARecord ipv4 -> ipv4.getAddress().getAddress();
            case AAAARecord ipv6 -> ipv6.getAddress().getAddress();
            default -> throw new IllegalArgumentException("not an address: " + each);
        };
        return unnamed(bytes);
    }

    /** The address without the name that dnsjava adds to it. */
    private static InetAddress unnamed(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }

    /** Adds the hosts of the best priority, and returns the shortest TTL. */
    private Duration services(String name, List<Endpoint> found) throws IOException {
        DnsAnswer answer = dns.query(name, RecordType.SRV);
        List<SRVRecord> services = answer.records().stream()
                .map(SRVRecord.class::cast)
                // RFC 2782: the root as target means that the service is not available.
                .filter(service -> !service.getTarget().equals(Name.root))
                .toList();
        int best = services.stream().mapToInt(SRVRecord::getPriority).min().orElse(0);
        Duration ttl = answer.ttl();
        for (SRVRecord service : services) {
            if (service.getPriority() == best) {
                ttl = shorter(ttl, host(service, found));
            }
        }
        return ttl;
    }

    /** Adds the IPv4 addresses of a host, or otherwise its IPv6 addresses. */
    private Duration host(SRVRecord service, List<Endpoint> found) throws IOException {
        String host = service.getTarget().toString();
        int weight = Math.max(1, service.getWeight());
        int before = found.size();
        Duration ttl = addresses(host, RecordType.A, service.getPort(), weight, found);
        return found.size() > before ? ttl : addresses(host, RecordType.AAAA, service.getPort(), weight, found);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private boolean isAllowed(Endpoint endpoint) {
        String because = endpoint.port() == 0
                ? "port 0"
                : egress.closedBecause(endpoint.address(), endpoint.port()).orElse(null);
        if (because != null && logged.size() < MAX_LOGGED && logged.add(endpoint.authority())) {
            LOG.warn(
                    "Ignoring the discovered address {} ({}). To allow this destination, list it under upstreamAllow in"
                            + " config.yml.",
                    endpoint.authority(),
                    because);
        }
        return because == null;
    }
}
