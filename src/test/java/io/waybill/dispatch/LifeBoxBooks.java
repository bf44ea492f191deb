package io.waybill.dispatch;

import static io.waybill.dispatch.LifeTables.expect;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** No box of an order has two labels, and all of an order that went straight have one, bought where it says. */
final class LifeBoxBooks {
    private static final List<String> BY_HAND = List.of("another label", "resolved", "bought elsewhere");

    private record Shipped(String state, @Nullable String chosen, String account) {
        boolean isLabelled() {
            return state.equals("LABELLED");
        }
    }

    private final LifeWorld world;
    private final LifeTables tables;

    LifeBoxBooks(LifeWorld world) {
        this.world = world;
        this.tables = world.tables();
    }

    void check() {
        tables.rows("SELECT id, order_id FROM orders WHERE erased_at IS NULL", 2)
                .forEach(order -> check(order[0], order[1]));
    }

    private void check(String id, String order) {
        List<String> story = tables.column("SELECT what FROM story WHERE order_uid = ?", id);
        if (BY_HAND.stream().anyMatch(story::contains)) {
            return;
        }
        List<Shipped> shipped = shipped(id);
        JsonNode effective = Json.kept(tables.value("SELECT effective FROM orders WHERE id = ?", id));
        List<String> labelled = new ArrayList<>();
        shipped.stream().filter(Shipped::isLabelled).forEach(one -> {
            boxes(one).forEach(labelled::add);
            boughtWhereSaid(order, effective.path("service").asText(), one.account);
        });
        labelled.sort(null);
        List<String> boxes = boxes(effective);
        String all = order + " has " + boxes + ", and labels for " + labelled + ": " + story;
        expect(Set.copyOf(labelled).size() == labelled.size(), "a box with two labels: " + all);
        expect(boxes.containsAll(labelled), "a label for no box: " + all);
        boolean straight = shipped.stream().allMatch(Shipped::isLabelled);
        expect(!straight || shipped.isEmpty() || labelled.equals(boxes), "a box without a label: " + all);
    }

    private List<Shipped> shipped(String id) {
        return tables.rows("""
                SELECT s.state, s.carrier_shipment, s.account FROM shipment s
                WHERE s.order_uid = ? AND s.imported = FALSE""", 3, id).stream()
                .map(row -> new Shipped(row[0], row[1], row[2]))
                .toList();
    }

    private Stream<String> boxes(Shipped shipped) {
        return world.sales().filter(sale -> sale.id.equals(shipped.chosen)).flatMap(sale -> Stream.of(sale.boxes()));
    }

    private static List<String> boxes(JsonNode order) {
        return StreamSupport.stream(order.path("parcels").spliterator(), false)
                .map(parcel -> parcel.path("reference").asText())
                .sorted()
                .toList();
    }

    private static void boughtWhereSaid(String order, String service, String account) {
        String said = service.equals("ground") ? "fake" : service.equals("express") ? "spare" : account;
        expect(account.equals(said), "bought elsewhere than said: " + order + " " + service + " at " + account);
    }
}
