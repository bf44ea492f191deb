package io.waybill.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** A sheet of twenty orders, three of them bad: priced, bought, corrected, and given back with its tracking numbers. */
final class ExcelAct implements Act {
    private static final Charset GBK = Charset.forName("gb18030");
    private static final String BATCHES = "/v1/batches?source=acme-sheet";
    private static final int ROWS = 20;
    private static final int BAD = 3;

    @Override
    public String name() {
        return "excel";
    }

    @Override
    public void tell(Stage stage) throws Exception {
        String sheet = Samples.read("orders-gbk.csv");
        int soldBefore = sold(stage);
        String batch = look(stage, sheet);
        stage.fact(sold(stage) == soldBefore, "excel.nothing", "sold", soldBefore);
        commit(stage, batch, soldBefore);
        correct(stage, batch);
        again(stage, sheet, batch, soldBefore);
    }

    /** Answers the path of the batch. */
    private static String look(Stage stage, String sheet) throws Exception {
        stage.say("excel.hand", "rows", ROWS);
        sheet.lines().limit(3).forEach(stage::quote);
        Reply handed = hand(stage, "orders.csv", sheet.getBytes(GBK), true);
        String batch = handed.header("Location");
        stage.fact(handed.status() == 202, "excel.handed", "status", handed.status(), "batch", batch);
        JsonNode looked = await(stage, batch, "excel.wait.look", "checked");
        stage.fact(
                looked.at("/dryRun/priced").asInt() == ROWS - BAD && bad(looked) == BAD,
                "excel.found",
                "good",
                looked.at("/dryRun/priced").asInt(),
                "bad",
                bad(looked),
                "total",
                total(looked));
        for (JsonNode row : rows(stage, batch)) {
            if (row.path("result").asText().equals("rejected")) {
                stage.quote(row.path("row").asText() + ": " + row.path("reason").asText());
            }
        }
        return batch;
    }

    private static void commit(Stage stage, String batch, int soldBefore) throws Exception {
        JsonNode looked = stage.hub.get(batch).json();
        BigDecimal total = new BigDecimal(total(looked));
        refused(stage, batch, "{\"rows\": \"all\"}", "excel.all");
        String cheaper = total.subtract(BigDecimal.ONE).toPlainString();
        refused(stage, batch, "{\"rows\": \"good\", \"maxTotal\": \"" + cheaper + "\"}", "excel.above");
        String wish = "{\"rows\": \"good\", \"maxTotal\": \"" + total.toPlainString() + "\"}";
        Reply committed = stage.hub.send("POST", batch + "/commit", wish);
        stage.fact(committed.status() == 202, "excel.commit", "total", total, "status", committed.status());
        labelled(stage, batch, ROWS - BAD);
        stage.fact(sold(stage) == soldBefore + ROWS - BAD, "excel.bought", "labels", ROWS - BAD, "sold", sold(stage));
        BigDecimal paid = StreamSupport.stream(rows(stage, batch).spliterator(), false)
                .filter(row -> row.path("charge").isObject())
                .map(row -> new BigDecimal(row.at("/charge/amount").asText()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        stage.fact(paid.compareTo(total) == 0, "excel.paid", "paid", paid);
        Reply once = stage.hub.send("POST", batch + "/commit", wish);
        stage.fact(
                once.status() == 200 && sold(stage) == soldBefore + ROWS - BAD, "excel.once", "status", once.status());
    }

    private static void refused(Stage stage, String batch, String wish, String key) throws Exception {
        Reply refused = stage.hub.send("POST", batch + "/commit", wish);
        stage.fact(refused.status() == 409, key, "status", refused.status(), "words", refused.words());
    }

    private static void correct(Stage stage, String batch) throws Exception {
        String errors = new String(stage.hub.get(batch + "/errors").body(), StandardCharsets.UTF_8);
        stage.say("excel.errors");
        stage.quote(errors);
        String corrected = corrected(errors);
        Reply handed = hand(stage, "corrected.csv", corrected.getBytes(StandardCharsets.UTF_8), false);
        labelled(stage, handed.header("Location"), BAD);
        stage.fact(handed.status() == 202, "excel.corrected", "labels", BAD);
    }

    private static String corrected(String rows) {
        return rows.replace(",海运,", ",快递,")
                .replace(",,Austin,", ",1 Main St,Austin,")
                .replace(",1234,", ",94043,");
    }

    private static void again(Stage stage, String sheet, String batch, int soldBefore) throws Exception {
        Reply known = hand(stage, "orders-again.csv", sheet.getBytes(GBK), false);
        stage.fact(
                known.status() == 200 && known.header("Location").equals(batch),
                "excel.again",
                "status",
                known.status(),
                "batch",
                known.header("Location"));
        Reply whole = hand(stage, "orders.csv", corrected(sheet).getBytes(GBK), false);
        String all = whole.header("Location");
        JsonNode done = await(stage, all, "excel.wait.take", "done");
        stage.fact(
                done.at("/results/duplicate").asInt() == ROWS && sold(stage) == soldBefore + ROWS,
                "excel.twice",
                "rows",
                ROWS,
                "sold",
                sold(stage));
        Path back = save(stage, all + "/results?format=xlsx", "orders-results.xlsx");
        long numbered = StreamSupport.stream(rows(stage, all).spliterator(), false)
                .filter(row -> row.hasNonNull("trackingNumber"))
                .count();
        stage.fact(numbered == ROWS, "excel.back", "file", back, "rows", numbered);
        String csv = new String(stage.hub.get(all + "/results?format=csv").body(), StandardCharsets.UTF_8);
        csv.lines().limit(3).forEach(stage::quote);
        Path labels = save(stage, all + "/labels?format=pdf", "orders-labels.pdf");
        stage.fact(Files.size(labels) > 0, "excel.labels", "file", labels);
        Reply byApi = stage.post(Samples.read("excel-order.json"));
        stage.fact(byApi.status() == 200, "excel.api", "orderId", "SO-7001", "status", byApi.status());
    }

    private static Reply hand(Stage stage, String name, byte[] file, boolean dryRun) throws Exception {
        return stage.hub.upload(BATCHES + "&name=" + name + (dryRun ? "&dryRun=true" : ""), file);
    }

    private static JsonNode await(Stage stage, String batch, String key, String state) throws Exception {
        return stage.await(
                key,
                () -> Optional.of(stage.hub.get(batch).json())
                        .filter(now -> now.path("state").asText().equals(state)));
    }

    private static void labelled(Stage stage, String batch, int count) throws Exception {
        stage.await(
                "wait.label",
                () -> Optional.of(stage.hub.get(batch).json())
                        .filter(now -> now.at("/shipments/labelled").asInt() == count));
    }

    private static JsonNode rows(Stage stage, String batch) throws IOException, InterruptedException {
        return stage.hub.get(batch + "/results").json().path("items");
    }

    private static int sold(Stage stage) throws IOException, InterruptedException {
        return stage.book().path("sold").asInt();
    }

    private static int bad(JsonNode batch) {
        return batch.at("/dryRun/bad").asInt();
    }

    private static String total(JsonNode batch) {
        return batch.at("/dryRun/totals/0/amount").asText();
    }

    private static Path save(Stage stage, String path, String name) throws IOException, InterruptedException {
        return Files.write(stage.world.labels.resolve(name), stage.hub.get(path).body());
    }
}
