package dev.pintle.redis;

import java.util.List;

/**
 * The script call that shows whether Redis does its work. A server that answers a ping can still reject writes.
 *
 * @param script what to run, on one key
 */
public record RedisProbeCommand(RedisScript script, List<String> arguments) {
    public RedisProbeCommand {
        arguments = List.copyOf(arguments);
    }
}
