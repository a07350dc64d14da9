package org.helpline.app.owner;

import java.util.ArrayList;
import java.util.List;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.gateway.AgentGateway;
import org.helpline.gateway.Journalled;
import org.helpline.gateway.NumberedEvent;

/// Tells the gateway what the journal got.
public final class GatewayFeed implements TurnListener {
    private final AgentGateway gateway;

    public GatewayFeed(AgentGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public void onEvents(List<DomainEvent> events) {
        throw new IllegalStateException("desks need to know where events stand in the journal");
    }

    @Override
    public void onTurn(long firstSeq, List<DomainEvent> events) {
        gateway.publish(routed(firstSeq, events));
    }

    /// Journal entries as the gateway hears of them.
    ///
    /// @param firstSeq of the first event; the others follow without a gap
    public static Journalled routed(long firstSeq, List<DomainEvent> events) {
        List<NumberedEvent> routing = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof DomainEvent.Routing routed) {
                routing.add(new NumberedEvent(firstSeq + i, routed.event()));
            }
        }
        return new Journalled(firstSeq, firstSeq + events.size() - 1, routing);
    }
}
