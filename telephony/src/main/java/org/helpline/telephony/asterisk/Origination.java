package org.helpline.telephony.asterisk;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.helpline.telephony.CallCommand;

/// The request that rings a device.
final class Origination {
    private Origination() {}

    static AriRequest request(CallCommand.Originate call, String application) {
        List<String> query = new ArrayList<>(List.of(
                "endpoint",
                call.destination(),
                "app",
                application,
                "appArgs",
                "device," + call.contact(),
                "channelId",
                call.leg(),
                "timeout",
                Long.toString(wholeSeconds(call.answerWithin()))));
        call.callerNumber().ifPresent(number -> query.addAll(List.of("callerId", Numbers.filtered(number))));
        call.originator().ifPresent(originator -> query.addAll(List.of("originator", originator)));
        return AriRequest.post("channels", query.toArray(String[]::new))
                .with(new JsonObject().put("variables", variables(call)));
    }

    private static long wholeSeconds(Duration time) {
        return Math.max(1, time.plusMillis(999).toSeconds());
    }

    private static JsonObject variables(CallCommand.Originate call) {
        JsonObject variables = new JsonObject()
                .put(Commands.CONTACT, call.contact())
                .put(header("X-Helpline-Contact"), call.contact());
        if (call.autoAnswer()) {
            // Two dialects of the same wish; telephones obey the one they know.
            variables
                    .put(header("Call-Info"), "<sip:helpline>;answer-after=0")
                    .put(header("Alert-Info"), "<http://helpline>;info=alert-autoanswer;delay=0");
        }
        return variables;
    }

    private static String header(String name) {
        return "PJSIP_HEADER(add," + name + ")";
    }
}
