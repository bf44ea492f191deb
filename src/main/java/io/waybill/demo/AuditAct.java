package io.waybill.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** The carrier's book against the hub's orders. */
final class AuditAct implements Act {
    @Override
    public String name() {
        return "audit";
    }

    @Override
    public void tell(Stage stage) throws Exception {
        stage.thread();
        JsonNode orders = stage.hub.get("/v1/orders").json().path("items");
        JsonNode book = stage.book();
        int once = 0;
        int labelled = 0;
        BigDecimal total = BigDecimal.ZERO;
        for (JsonNode order : orders) {
            if (Stage.hasLabel(order)) {
                labelled++;
                total = total.add(new BigDecimal(Stage.total(order)));
            }
            once += stage.sold(order.path("orderId").asText()) == 1 ? 1 : 0;
        }
        int sold = book.path("sold").asInt();
        stage.fact(
                labelled == orders.size() && sold == labelled,
                "audit.labels",
                "orders",
                orders.size(),
                "labels",
                labelled,
                "sold",
                sold);
        stage.fact(
                once == orders.size() && book.path("orders").size() == once,
                "audit.once",
                "twice",
                orders.size() - once);
        stage.say("audit.total", "total", total.toPlainString());
        stage.say("audit.files", "archive", stage.world.archive(), "wms", stage.world.wms);
    }
}
