package io.waybill.demo;

import com.fasterxml.jackson.databind.JsonNode;

/** Orders without a weight wait for the packing bench. */
final class HoldAct implements Act {
    private static final String PACKED = """
            {"parcels": [{"reference": "box-1", "weight": {"value": 0.8, "unit": "kg"}}]}""";

    @Override
    public String name() {
        return "hold";
    }

    @Override
    public void tell(Stage stage) throws Exception {
        held(stage, "", Samples.read("order-no-weight.json"));
        held(stage, "shopify", Samples.read("shopify.json"));
        held(stage, "woocommerce", Samples.read("woocommerce.json"));
    }

    private static void held(Stage stage, String shop, String body) throws Exception {
        String path = shop.isEmpty() ? "/v1/orders" : "/v1/orders?source=" + shop;
        Reply taken = stage.hub.send("POST", path, body);
        JsonNode order = taken.json();
        stage.fact(
                taken.status() == 202 && order.path("status").asText().equals("held"),
                "hold.held",
                "path",
                path,
                "status",
                taken.status(),
                "orderId",
                order.path("orderId").asText(),
                "waiting",
                order.at("/pending/0/waitingFor").toString());
        Reply packed = stage.hub.send("PUT", order.at("/pending/0/href").asText(), PACKED);
        stage.fact(
                packed.status() == 200 && Stage.hasLabel(packed.json()),
                "hold.packed",
                "status",
                packed.status(),
                "number",
                Stage.trackingNumber(packed.json()));
    }
}
