package org.helpline.telephony.simulated;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.helpline.telephony.SwitchReport;
import org.helpline.telephony.SwitchWatch;
import org.helpline.telephony.SwitchWatchContract;
import org.helpline.telephony.SwitchWatchWorld;

class SimulatedSwitchWatchTest extends SwitchWatchContract {

    @Override
    protected SwitchWatchWorld newWorld() {
        return new World();
    }

    private static final class World implements SwitchWatchWorld {
        private final SimulatedSwitchWatch watch = new SimulatedSwitchWatch();
        private final List<SwitchReport> reports = new ArrayList<>();
        private int named;

        @Override
        public SwitchWatch watch() {
            return watch;
        }

        @Override
        public List<SwitchReport> reports() {
            return List.copyOf(reports);
        }

        @Override
        public void open() {
            assertTrue(watch.open(reports::add).succeeded());
        }

        @Override
        public void until(String what, BooleanSupplier condition) {
            assertTrue(condition, what);
        }

        @Override
        public void settle() {}

        @Override
        public TestPhone phone() {
            String endpoint = "phone-" + ++named;
            watch.reachable(endpoint);
            return new TestPhone() {
                @Override
                public String endpoint() {
                    return endpoint;
                }

                @Override
                public void falls() {
                    watch.unreachable(endpoint, "does not answer");
                }

                @Override
                public void rises() {
                    watch.reachable(endpoint);
                }
            };
        }

        @Override
        public TestCall call() {
            String leg = "leg-" + ++named;
            watch.channel(leg);
            watch.quality(new SwitchReport.CallQuality(
                    leg,
                    SwitchReport.Media.VOICE,
                    SwitchReport.Listener.SWITCH,
                    0,
                    Optional.of(Duration.ofMillis(1)),
                    Optional.empty()));
            return new TestCall() {
                @Override
                public String leg() {
                    return leg;
                }

                @Override
                public void end() {
                    watch.channelGone(leg);
                    watch.count();
                }
            };
        }

        @Override
        public void loseConnection() {
            watch.loseConnection();
        }

        @Override
        public void regainConnection() {
            watch.regainConnection();
        }

        @Override
        public void closeWatch() {
            watch.close();
        }

        @Override
        public void close() {
            watch.close();
        }
    }
}
