package io.waybill.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** Rows of the OMS's table become labels, and are marked. */
final class SqlAct implements Act {
    private static final String ROWS = """
            SELECT order_no, recipient, waybill_result FROM oms_order
            WHERE waybill_taken IS NOT NULL ORDER BY order_no""";

    @Override
    public String name() {
        return "sql";
    }

    @Override
    public void tell(Stage stage) throws Exception {
        stage.say("sql.insert");
        stage.world.oms.run(Samples.read("oms-rows.sql"));
        List<List<String>> rows = stage.await(
                "sql.wait", () -> Optional.of(stage.world.oms.rows(ROWS)).filter(found -> found.size() == 2));
        for (List<String> row : rows) {
            JsonNode order = stage.labelled(row.get(0));
            stage.fact(
                    Stage.hasLabel(order),
                    "sql.row",
                    "orderId",
                    row.get(0),
                    "result",
                    row.get(2),
                    "number",
                    Stage.trackingNumber(order));
        }
    }
}
