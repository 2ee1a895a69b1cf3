package dev.pintle.upstream.discovery;

import java.time.Duration;
import java.util.List;
import org.xbill.DNS.Record;

/**
 * The records of one name.
 *
 * @param records of the wanted type; empty when the name has none
 * @param ttl the shortest one on the way to the records
 */
record DnsAnswer(List<Record> records, Duration ttl) {}
