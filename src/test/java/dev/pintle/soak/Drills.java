package dev.pintle.soak;

import java.util.List;

/** Measures what docs/engineering/reliability.md says, and prints it as a table. Named drills run alone. */
public final class Drills {
    private static final List<Drill> ALL = List.of(
            new ConfigurationChanges(),
            new ThousandReloads(),
            new Termination(),
            new RollingRestart(),
            new BigBodies(),
            new PostgresOutage(),
            new NoisyNeighbors(),
            new Overload(),
            new KeptConnections(),
            new FrozenNode(),
            new ColdStart(),
            new SlowClients());

    private Drills() {}

    public static void main(String[] names) throws Exception {
        List<String> wanted = List.of(names);
        System.out.println("| drill | goal | reached |");
        System.out.println("|---|---|---|");
        for (Drill drill : ALL) {
            if (wanted.isEmpty() || wanted.contains(drill.getClass().getSimpleName())) {
                Drill.Figure figure = drill.run();
                System.out.println("| " + figure.drill() + " | " + figure.goal() + " | " + figure.reached() + " |");
            }
        }
    }
}
