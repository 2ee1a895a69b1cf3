package dev.pintle.soak;

import java.util.List;

/**
 * Measures the figures of docs/engineering/reliability.md and prints them as a table. Arguments select drills by name.
 */
public final class Drills {
    private static final List<Drill> ALL = List.of(
            new ConfigurationChanges(),
            new ThousandReloads(),
            new ManyTunnels(),
            new ManyEventStreams(),
            new LongGrpcCall(),
            new GrpcCancellation(),
            new Termination(),
            new RollingRestart(),
            new RollingUpgrade(),
            new ThreeNodes(),
            new RedisFailover(),
            new RedisClusterFailover(),
            new BigBodies(),
            new PostgresOutage(),
            new UnconfirmedChange(),
            new GuardedChange(),
            new NoisyNeighbors(),
            new Overload(),
            new KeptConnections(),
            new FrozenNode(),
            new ColdStart(),
            new DepartedClients(),
            new SlowRedis(),
            new SmallHeap(),
            new SlowClients(),
            new ForgedCredentials(),
            new CredentialTiming());

    private Drills() {}

    public static void main(String[] names) throws Exception {
        List<String> wanted = List.of(names);
        System.out.println("| drill | goal | reached |");
        System.out.println("|---|---|---|");
        for (Drill drill : ALL) {
            if (wanted.isEmpty() || wanted.contains(drill.getClass().getSimpleName())) {
                Drill.Figure result = drill.run();
                System.out.println("| " + result.drill() + " | " + result.goal() + " | " + result.reached() + " |");
            }
        }
    }
}
