package io.waybill.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The parcel travels, and the OMS hears of it. */
final class TrackingAct implements Act {
    @Override
    public String name() {
        return "tracking";
    }

    @Override
    public void tell(Stage stage) throws Exception {
        String self = stage.thread().json().at("/links/self").asText();
        JsonNode story = stage.await(
                "tracking.wait", () -> Optional.of(stage.hub.get(self).json()).filter(TrackingAct::isDelivered));
        for (JsonNode event : story.path("tracking")) {
            stage.quote(String.format(
                    "%-24s %-18s %s",
                    event.path("at").asText(),
                    event.path("status").asText(),
                    event.path("text").asText()));
        }
        stage.fact(true, "tracking.delivered", "orderId", Stage.THREAD);
        OmsListener.Call call = stage.await(
                "tracking.oms",
                () -> stage.world.listener.calls().stream()
                        .filter(told -> told.is("tracking.updated", Stage.THREAD))
                        .filter(told -> told.event()
                                .at("/data/tracking/status")
                                .asText()
                                .equals("delivered"))
                        .findFirst());
        stage.fact(true, "tracking.told", "id", call.event().path("id").asText());
    }

    private static boolean isDelivered(JsonNode story) {
        for (JsonNode event : story.path("tracking")) {
            if (event.path("status").asText().equals("delivered")) {
                return true;
            }
        }
        return false;
    }
}
