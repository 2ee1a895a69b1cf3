package dev.pintle.redis;

import java.util.List;

/**
 * The script call that proves that Redis works. A server that answers a ping may still reject writes.
 *
 * @param script the script, which uses one key
 */
public record RedisProbeCommand(RedisScript script, List<String> arguments) {
    public RedisProbeCommand {
        arguments = List.copyOf(arguments);
    }
}
