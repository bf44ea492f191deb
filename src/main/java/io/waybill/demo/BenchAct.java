package io.waybill.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One order of SAP and Shopify at once, weighed at the bench, sold without an answer, and delivered: everybody hears, nothing is bought twice. */
final class BenchAct implements Act {
    private static final String ORDER = "SO-4711";
    private static final String WEIGHED = """
            {"parcels": [{"reference": "box-1", "weight": {"value": 1.2, "unit": "kg"}}]}""";
    private static final String DELIVERED = "delivered";
    private static final String SCANS = "SELECT status FROM parcel_scan WHERE order_id = ? ORDER BY scanned_at";

    @Override
    public String name() {
        return "bench";
    }

    @Override
    public void tell(Stage stage) throws Exception {
        JsonNode held = arrives(stage);
        JsonNode labelled = bought(stage, held);
        shopHears(stage, labelled);
        everybodyHears(stage, Stage.trackingNumber(labelled));
    }

    /** From a flat IDoc in a folder, and from a shop that is asked for it at its signed webhook, at the same time. */
    private static JsonNode arrives(Stage stage) throws Exception {
        stage.say("bench.comes", "orderId", ORDER, "folder", stage.world.sap);
        String pushed = Samples.read("bench-shopify.json");
        stage.world.shop.place(Json.mapper().readTree(Samples.read("bench-shopify-order.json")));
        drop(stage.world.sap, Samples.read("bench.idoc"));
        Reply taken = stage.hub.send(
                "POST",
                "/hooks/sources/acme-shopify",
                pushed,
                "X-Shopify-Topic",
                "orders/paid",
                "X-Shopify-Webhook-Id",
                "demo-" + ORDER,
                "X-Shopify-Hmac-Sha256",
                stage.world.shop.signature(pushed));
        stage.fact(taken.status() == 200, "bench.pushed", "status", taken.status());
        JsonNode order = stage.await(
                "bench.wait",
                () -> stage.order(ORDER)
                        .flatMap(found -> whole(stage, found))
                        .filter(found -> systems(found).size() == 2));
        String status = order.path("status").asText();
        stage.fact(status.equals("held"), "bench.held", "status", status, "systems", String.join(", ", systems(order)));
        return order;
    }

    private static Optional<JsonNode> whole(Stage stage, JsonNode found) {
        try {
            return Optional.of(stage.hub.get(found.at("/links/self").asText()).json());
        } catch (IOException | InterruptedException e) {
            return Optional.empty();
        }
    }

    private static List<String> systems(JsonNode order) {
        List<String> systems = new ArrayList<>();
        order.at("/order/identifiers")
                .forEach(one -> systems.add(one.path("system").asText()));
        return systems;
    }

    private static void drop(Path folder, String idoc) throws IOException {
        Path hidden = Files.writeString(folder.resolve(".orders.idoc"), idoc, StandardCharsets.ISO_8859_1);
        Files.move(hidden, folder.resolve("orders.idoc"));
    }

    private static JsonNode bought(Stage stage, JsonNode held) throws Exception {
        String parcels = "/v1/orders/" + held.path("id").asText() + "/parcels";
        Reply weighed = stage.hub.send("PUT", parcels, WEIGHED, "Prefer", "wait=1");
        String status = weighed.json().path("status").asText();
        stage.fact(
                weighed.status() == 202 && status.equals("unresolved"),
                "bench.weighed",
                "status",
                weighed.status(),
                "word",
                status);
        JsonNode labelled = stage.labelled(ORDER);
        stage.fact(Stage.hasLabel(labelled), "lost.found", "number", Stage.trackingNumber(labelled));
        int sold = stage.sold(ORDER);
        stage.fact(sold == 1, "lost.book", "sold", sold);
        return labelled;
    }

    private static void shopHears(Stage stage, JsonNode labelled) throws Exception {
        ShopifyShop shop = stage.world.shop;
        String cost =
                stage.await("bench.wait.shop", () -> Optional.of(shop.cost()).filter(said -> !said.isEmpty()));
        boolean same = shop.numbers().equals(List.of(Stage.trackingNumber(labelled)));
        stage.fact(same, "bench.shop", "numbers", String.join(", ", shop.numbers()), "cost", cost);
    }

    private static void everybodyHears(Stage stage, String number) throws Exception {
        OmsListener.Call oms = stage.await(
                "bench.wait.oms",
                () -> stage.world.listener.calls().stream()
                        .filter(call -> call.is("tracking.updated", ORDER))
                        .filter(call -> call.event()
                                .at("/data/tracking/status")
                                .asText()
                                .equals(DELIVERED))
                        .findFirst());
        stage.fact(true, "bench.oms", "id", oms.event().path("id").asText());
        Path wms = stage.await("wms.wait", () -> WmsAct.fileAbout(stage.world.wms, number, DELIVERED));
        stage.fact(true, "bench.wms", "file", wms);
        List<String> erp = stage.await("erp.wait", () -> scans(stage).filter(all -> all.contains(DELIVERED)));
        stage.fact(true, "bench.erp", "rows", erp.size(), "last", erp.get(erp.size() - 1));
        stage.await(
                "bench.wait.shop",
                () -> Optional.of(stage.world.shop.scans()).filter(all -> all.contains("DELIVERED")));
        stage.fact(true, "bench.customer");
    }

    private static Optional<List<String>> scans(Stage stage) throws Exception {
        return Optional.of(stage.world.erp.rows(SCANS, ORDER).stream()
                .map(row -> row.get(0))
                .toList());
    }
}
