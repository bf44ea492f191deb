package io.waybill.demo;

import com.fasterxml.jackson.databind.JsonNode;

/** The carrier refuses; the reason is told in words, and a corrected order gets its label. */
final class RefusalAct implements Act {
    private static final String ORDER = "SO-1004";

    @Override
    public String name() {
        return "refusal";
    }

    @Override
    public void tell(Stage stage) throws Exception {
        stage.say("refusal.post", "orderId", ORDER);
        Reply refused = stage.post(Samples.order(ORDER, "SANDBOX:REFUSE Ada Lind"));
        stage.fact(
                refused.status() == 422 && !refused.words().isEmpty(),
                "refusal.answer",
                "status",
                refused.status(),
                "words",
                refused.words());
        stage.fact(listed(stage), "refusal.listed");
        Reply corrected = stage.post(Samples.order(ORDER, "Ada Lind"));
        JsonNode order = corrected.json();
        stage.fact(
                Stage.hasLabel(order) && order.path("revision").asInt() == 2,
                "refusal.corrected",
                "revision",
                order.path("revision").asText(),
                "number",
                Stage.trackingNumber(order));
        stage.fact(!listed(stage), "refusal.closed");
    }

    private static boolean listed(Stage stage) throws Exception {
        for (JsonNode open : stage.hub.get("/v1/exceptions").json().path("items")) {
            if (open.path("orderId").asText().equals(ORDER)) {
                return true;
            }
        }
        return false;
    }
}
