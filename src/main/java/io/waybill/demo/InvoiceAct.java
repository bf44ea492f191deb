package io.waybill.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Weeks later the carrier's invoice: six errors and a label nobody bought here, found to the cent. */
final class InvoiceAct implements Act {
    private static final int LABELS = 50;
    private static final int TRIES = 10;
    private static final int REFUSED = 400;
    private static final Map<String, String> PLANTED = new TreeMap<>(Map.of(
            "duplicate-charge", "",
            "price-differs", "1.00",
            "weight-correction", "3.40",
            "residential-correction", "4.15",
            "address-correction", "18.00",
            "voided-but-billed", "",
            "outside-label", "7.77"));

    @Override
    public String name() {
        return "invoice";
    }

    @Override
    public void tell(Stage stage) throws Exception {
        stage.say("invoice.buys", "labels", LABELS);
        List<JsonNode> orders = new ArrayList<>();
        for (int n = 1; n < LABELS; n++) {
            orders.add(bought(stage, n));
        }
        orders.add(givenBack(stage));
        Path file = Files.write(
                stage.world.folder.resolve("ups-november.csv"), bill(orders).bytes());
        stage.say("invoice.file", "file", file);

        Reply reply = stage.hub.upload(
                "/v1/invoices?carrier=ups&account=sandbox&name=ups-november.csv", Files.readAllBytes(file));
        JsonNode invoice = reply.json().at("/items/0");
        stage.fact(
                reply.status() == 201,
                "invoice.matched",
                "lines",
                invoice.path("lines").asText(),
                "percent",
                invoice.path("matchedPercent").asText(),
                "billed",
                invoice.path("total").asText(),
                "expected",
                invoice.path("expected").asText(),
                "variance",
                invoice.path("variance").asText());
        rules(stage, invoice);
        stage.fact(
                invoice.path("unexplained").asText().equals("0.00"),
                "invoice.unexplained",
                "amount",
                invoice.path("unexplained").asText());
        Reply own = stage.hub.send("POST", "/v1/invoices/" + invoice.path("id").asText() + "/approve", "");
        stage.fact(own.status() == 403, "invoice.own", "status", own.status());
        crosswalk(stage);
        books(stage);
    }

    private static JsonNode bought(Stage stage, int n) throws Exception {
        String orderId = "SO-9%03d".formatted(n);
        stage.post(Samples.order(orderId, "Jane Roe"));
        return stage.labelled(orderId);
    }

    /**
     * One whose parcel is picked up before its label is given back stays, and the next is tried: here parcels move every second.
     *
     * @return as it was sold
     */
    private static JsonNode givenBack(Stage stage) throws Exception {
        for (int n = LABELS; n < LABELS + TRIES; n++) {
            JsonNode order = bought(stage, n);
            String shipment = order.at("/shipments/0/id").asText();
            Reply answer = stage.hub.send("POST", "/v1/shipments/" + shipment + "/void", "");
            if (answer.status() < REFUSED) {
                String orderId = order.path("orderId").asText();
                stage.await(
                        "wait.void",
                        () -> stage.order(orderId)
                                .filter(now -> now.path("status").asText().equals("voided")));
                return order;
            }
        }
        throw new IOException("no label was given back before its parcel was picked up");
    }

    private static void rules(Stage stage, JsonNode invoice) {
        Map<String, JsonNode> found = new TreeMap<>();
        invoice.path("rules").forEach(rule -> found.put(rule.path("rule").asText(), rule));
        found.values()
                .forEach(rule -> stage.quote("%-24s %8s  %s"
                        .formatted(
                                rule.path("rule").asText(),
                                rule.path("amount").asText(),
                                rule.path("toDo").asText())));
        boolean all = found.keySet().equals(PLANTED.keySet())
                && PLANTED.entrySet().stream()
                        .allMatch(planted -> planted.getValue().isEmpty()
                                || planted.getValue().equals(amount(found.get(planted.getKey()))));
        stage.fact(all, "invoice.found", "planted", PLANTED.size());
    }

    private static String amount(@Nullable JsonNode rule) {
        return rule == null ? "" : rule.path("amount").asText();
    }

    private static void crosswalk(Stage stage) throws Exception {
        JsonNode rows = stage.hub.get("/v1/crosswalk?account=sandbox").json().path("items");
        for (JsonNode row : rows) {
            if (row.path("reason").asText().equals("address-correction")) {
                stage.quote("%s %s %s -> %s, %s, %s/%s"
                        .formatted(
                                row.path("orderId").asText(),
                                row.path("trackingNumbers").asText(),
                                row.path("expected").asText(),
                                row.path("billed").asText(),
                                row.path("reason").asText(),
                                row.path("invoice").asText(),
                                row.path("invoiceLine").asText()));
            }
        }
        stage.fact(rows.size() >= LABELS, "invoice.crosswalk", "rows", rows.size());
    }

    /** What is owed and not billed is told at once, and posted only when its day is over. */
    private static void books(Stage stage) throws Exception {
        String day = LocalDate.now(ZoneOffset.UTC).toString();
        JsonNode accruals = stage.hub.get("/v1/accruals?asOf=" + day).json().path("items");
        Reply early = stage.hub.send("POST", "/v1/accruals?asOf=" + day, "");
        stage.fact(
                !accruals.isEmpty() && early.status() == 409,
                "invoice.accrual",
                "accrual",
                accruals.path(0).path("accrual").asText(),
                "status",
                early.status());
    }

    /** What was said when the labels were bought, but for six errors, and one label of somebody else. */
    private static UpsSample bill(List<JsonNode> orders) {
        UpsSample bill = new UpsSample(LocalDate.now(ZoneOffset.UTC).toString());
        for (int n = 0; n < orders.size(); n++) {
            String number = Stage.trackingNumber(orders.get(n));
            for (JsonNode charge : orders.get(n).at("/shipments/0/charges")) {
                String type = charge.path("type").asText();
                BigDecimal amount = new BigDecimal(charge.path("amount").asText());
                boolean transport = type.equals("shipping");
                boolean fuel = type.equals("fuel_charge");
                String kind = transport ? "FRT" : fuel ? "FSC" : "ACC";
                bill.add(number, "SHP", "ISS", kind, type, n == 1 && transport ? amount.add(BigDecimal.ONE) : amount);
                if (n == 0 && fuel) {
                    bill.add(number, "SHP", "ISS", kind, type, amount);
                }
            }
        }
        bill.add(Stage.trackingNumber(orders.get(2)), "ADJ", "SCC", "FRT", "Weight Correction", new BigDecimal("3.40"));
        bill.add(Stage.trackingNumber(orders.get(3)), "ADJ", "RADJ", "ACC", "Residential", new BigDecimal("4.15"));
        bill.add(
                Stage.trackingNumber(orders.get(4)),
                "ADJ",
                "ADC",
                "ACC",
                "Address Correction",
                new BigDecimal("18.00"));
        bill.add("1Z999AA10123456784", "SHP", "ISS", "FRT", "Ground", new BigDecimal("7.77"));
        return bill;
    }
}
