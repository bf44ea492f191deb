package io.waybill.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** The OMS is told of the label by a signed call. */
final class OmsAct implements Act {
    @Override
    public String name() {
        return "oms";
    }

    @Override
    public void tell(Stage stage) throws Exception {
        JsonNode order = stage.thread().json();
        stage.say("oms.listens", "url", stage.world.listener.url());
        OmsListener.Call call =
                stage.await("oms.wait", () -> stage.world.listener.call("order.labelled", Stage.THREAD));
        StringBuilder shown = new StringBuilder(call.line()).append('\n');
        call.headers().forEach((name, value) -> {
            if (name.toLowerCase(Locale.ROOT).matches("webhook-.*|content-type")) {
                shown.append(name).append(": ").append(value).append('\n');
            }
        });
        String body = call.event().toString();
        stage.quote(shown + body.substring(0, Math.min(300, body.length())) + " ...");
        stage.fact(true, "oms.signed", "id", String.valueOf(call.headers().get("webhook-id")));
        String number = call.event().at("/data/trackingNumber").asText();
        stage.fact(number.equals(Stage.trackingNumber(order)), "oms.number", "number", number);
    }
}
