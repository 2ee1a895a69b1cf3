package dev.pintle.upstream.discovery;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Queries a recursive DNS resolver. It has no cache: the caller honors the TTLs. Thread-safe. */
public final class DnsClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int TRIES = 2;
    private static final Logger LOG = LoggerFactory.getLogger(DnsClient.class);

    private final Resolver resolver;
    private final List<Name> searchPath;
    private final int minDots;

    private DnsClient(ExtendedResolver resolver, List<Name> searchPath, int minDots) {
        resolver.setRetries(TRIES);
        resolver.setTimeout(TIMEOUT.multipliedBy(TRIES));
        this.resolver = resolver;
        this.searchPath = List.copyOf(searchPath);
        this.minDots = minDots;
    }

    /** Queries the resolvers of the system, with its search path for short names. */
    public static DnsClient ofSystem() {
        ResolverConfig system = ResolverConfig.getCurrentConfig();
        return new DnsClient(
                new ExtendedResolver(
                        system.servers().stream().map(DnsClient::resolver).toList()),
                system.searchPath(),
                system.ndots());
    }

    /** Queries one resolver, without a search path. */
    public static DnsClient of(InetSocketAddress server) {
        return new DnsClient(new ExtendedResolver(List.of(resolver(server))), List.of(), 0);
    }

    private static Resolver resolver(InetSocketAddress server) {
        SimpleResolver resolver = new SimpleResolver(server);
        resolver.setTimeout(TIMEOUT);
        return resolver;
    }

    /**
     * Returns the records of a name and follows its aliases.
     *
     * @throws IOException when the resolver does not answer or reports an error; a missing name is no error
     */
    DnsAnswer query(String name, RecordType type) throws IOException {
        DnsAnswer answer = new DnsAnswer(List.of(), Duration.ZERO);
        for (Name candidate : candidates(Name.fromString(name))) {
            answer = ask(candidate, Type.value(type.name()));
            if (!answer.records().isEmpty()) {
                return answer;
            }
        }
        return answer;
    }

    /** The absolute names to try, in order. */
    private List<Name> candidates(Name name) throws IOException {
        if (name.isAbsolute()) {
            return List.of(name);
        }
        List<Name> candidates = new ArrayList<>();
        for (Name suffix : searchPath) {
            try {
                candidates.add(Name.concatenate(name, suffix));
            } catch (NameTooLongException noSuchName) {
                LOG.debug("Skipping the search suffix {} for {}.", suffix, name);
            }
        }
        Name absolute = Name.concatenate(name, Name.root);
        candidates.add(name.labels() > minDots ? 0 : candidates.size(), absolute);
        return candidates;
    }

    private DnsAnswer ask(Name name, int type) throws IOException {
        Message answer = resolver.send(Message.newQuery(Record.newRecord(name, type, DClass.IN)));
        int code = answer.getRcode();
        if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
            throw new IOException("the resolver answered " + Rcode.string(code));
        }
        List<Record> all = answer.getSection(Section.ANSWER);
        List<Record> wanted =
                all.stream().filter(each -> each.getType() == type).toList();
        Stream<Long> lifetimes = wanted.isEmpty()
                ? answer.getSection(Section.AUTHORITY).stream()
                        .filter(SOARecord.class::isInstance)
                        .map(each -> Math.min(each.getTTL(), ((SOARecord) each).getMinimum()))
                : all.stream().map(Record::getTTL);
        return new DnsAnswer(
                wanted, Duration.ofSeconds(lifetimes.min(Long::compare).orElse(0L)));
    }
}
