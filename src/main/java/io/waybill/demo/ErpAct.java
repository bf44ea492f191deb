package io.waybill.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The ERP has one row a charge, and they add up to the label's total. */
final class ErpAct implements Act {
    private static final String ROWS = """
            SELECT order_id, tracking_number, charge_type, CAST(amount AS DECIMAL(19, 2)), currency, cost_centre
            FROM label_cost WHERE order_id = ? ORDER BY line_no""";

    @Override
    public String name() {
        return "erp";
    }

    @Override
    public void tell(Stage stage) throws Exception {
        JsonNode order = stage.thread().json();
        List<List<String>> rows = stage.await(
                "erp.wait",
                () -> Optional.of(stage.world.erp.rows(ROWS, Stage.THREAD)).filter(found -> !found.isEmpty()));
        stage.say("erp.rows", "count", rows.size());
        rows.forEach(row -> stage.quote(String.format("%-8s  %-16s  %-16s %8s %s  %s", row.toArray())));
        BigDecimal sum = rows.stream().map(row -> new BigDecimal(row.get(3))).reduce(BigDecimal.ZERO, BigDecimal::add);
        boolean same = sum.compareTo(new BigDecimal(Stage.total(order))) == 0;
        stage.fact(same, "erp.sum", "sum", sum.toPlainString(), "total", Stage.total(order));
    }
}
