package io.waybill.demo;

import com.fasterxml.jackson.databind.JsonNode;

/** The carrier sells and hangs up; the hub looks the label up instead of buying another. */
final class LostAct implements Act {
    private static final String ORDER = "SO-1003";

    @Override
    public String name() {
        return "lost";
    }

    @Override
    public void tell(Stage stage) throws Exception {
        stage.say("lost.post", "orderId", ORDER);
        Reply taken = stage.post(Samples.order(ORDER, "SANDBOX:LOSE-ANSWER Max Moor"), "Prefer", "wait=1");
        String status = taken.json().path("status").asText();
        stage.fact(taken.status() == 202 && status.equals("unresolved"), "lost.unknown", "status", taken.status());
        JsonNode found = stage.labelled(ORDER);
        stage.fact(Stage.hasLabel(found), "lost.found", "number", Stage.trackingNumber(found));
        int sold = stage.sold(ORDER);
        stage.fact(sold == 1, "lost.book", "sold", sold);
    }
}
