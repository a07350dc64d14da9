package org.helpline.benchmarks.router;

import org.helpline.router.RoutingCore;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// One contact through the router, from its arrival to the end of the agent's wrap-up.
@State(Scope.Thread)
public class ContactCycle {
    /// Agents and waiting contacts.
    @Param({"100/0", "1000/10000"})
    public String world = "";

    private RoutingWorld domain;

    @Setup
    public void setUp() {
        domain = world(world);
    }

    static RoutingWorld world(String written) {
        String[] numbers = written.split("/", 2);
        return new RoutingWorld(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }

    @Benchmark
    public Object cycle() {
        domain.cycle(RoutingCore::step);
        return domain;
    }
}
