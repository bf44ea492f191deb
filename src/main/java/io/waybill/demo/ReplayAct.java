package io.waybill.demo;

import com.fasterxml.jackson.databind.JsonNode;

/** The same order again buys nothing. */
final class ReplayAct implements Act {
    @Override
    public String name() {
        return "replay";
    }

    @Override
    public void tell(Stage stage) throws Exception {
        JsonNode before = stage.thread().json();
        int sold = stage.book().path("sold").asInt();
        stage.say("replay.post", "orderId", Stage.THREAD);
        Reply again = stage.post(Samples.order(Stage.THREAD, "Jane Roe"), "Idempotency-Key", "demo-" + Stage.THREAD);
        boolean replayed = again.header("Idempotent-Replayed").equals("true");
        stage.fact(again.status() == 200 && replayed, "replay.answer", "status", again.status());
        String number = Stage.trackingNumber(again.json());
        stage.fact(number.equals(Stage.trackingNumber(before)), "replay.same", "number", number);
        int now = stage.book().path("sold").asInt();
        stage.fact(now == sold, "replay.book", "sold", now);
    }
}
