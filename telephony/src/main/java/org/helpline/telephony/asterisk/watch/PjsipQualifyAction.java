package org.helpline.telephony.asterisk.watch;

import org.asteriskjava.manager.action.AbstractManagerAction;

/// Asks for a probe now; asterisk-java has none of its own. Public because it is read by reflection.
public final class PjsipQualifyAction extends AbstractManagerAction {
    private static final long serialVersionUID = 1L;

    private final String endpoint;

    PjsipQualifyAction(String endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String getAction() {
        return "PJSIPQualify";
    }

    public String getEndpoint() {
        return endpoint;
    }
}
