package io.waybill.portal;

import io.waybill.api.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What is printed for the parcels of an order: labels, and the papers that go with them. */
final class OrderPrints {
    List<Page> pages() {
        return List.of(
                Page.get("/orders/{id}/label", this::label),
                Page.get("/orders/{id}/picture", this::picture),
                Page.get("/orders/{id}/papers", this::papers),
                Page.get("/orders/{id}/paper", this::paper));
    }

    private Answer label(Visit visit) {
        Answer label = visit.calls().raw(labelOf(visit, ""));
        return Headers.safe(label).with("Content-Disposition", "inline");
    }

    /** The label as a picture, to be looked at; it is the PDF that is printed. */
    private Answer picture(Visit visit) throws IOException {
        Answer pdf = visit.calls().raw(labelOf(visit, "&format=PDF"));
        return Headers.safe(Answer.bytes("image/png", Picture.of(pdf.body())));
    }

    private static String labelOf(Visit visit, String more) {
        return "/shipments/" + Address.part(visit.query("shipment").orElse("-")) + "/label?parcel="
                + Address.part(visit.query("parcel").orElse("1")) + more;
    }

    /** Asked for by itself: a carrier may have to print them again. */
    private Answer papers(Visit visit) {
        String shipment = visit.query("shipment").orElse("-");
        return visit.page(
                "papers",
                Map.of(
                        "order", visit.calls().get("/orders/" + visit.id()),
                        "shipment", shipment,
                        "papers",
                                visit.calls()
                                        .get("/shipments/" + Address.part(shipment) + "/papers")
                                        .path("items")));
    }

    private Answer paper(Visit visit) {
        return Headers.safe(visit.calls()
                        .raw("/shipments/"
                                + Address.part(visit.query("shipment").orElse("-")) + "/papers/"
                                + Address.part(visit.query("kind").orElse("-")) + "?parcel="
                                + Address.part(visit.query("parcel").orElse("0"))))
                .with("Content-Disposition", "inline");
    }
}
