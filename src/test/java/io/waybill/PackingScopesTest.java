package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.access.Access;
import io.waybill.access.Caller;
import io.waybill.access.Scope;
import io.waybill.api.Answer;
import io.waybill.api.InProcess;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.intake.Taken;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packing changes an order and buys its label: who packs may do both. */
class PackingScopesTest {
    private static final String PACKED = "\"parcels\": [{\"weight\": {\"value\": 2, \"unit\": \"kg\"}}]}";

    @TempDir
    Path folder;

    @Test
    void who_may_only_change_or_only_buy_packs_nothing() {
        FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
        try (Rig rig = Rig.start(Stores.h2(folder), FakeCarrier.account("fake", carrier));
                Access access = Access.open(rig.ledger)) {
            Taken taken = rig.take(Rig.order("PACK-1", null));
            String parcels = "/orders/" + taken.orderUid() + "/parcels";
            String scan = "{\"orderId\": \"PACK-1\", " + PACKED;

            assertThat(call(rig, access, Set.of(Scope.ORDERS_WRITE), "put", parcels, "{" + PACKED))
                    .startsWith("403 ")
                    .contains("scope-missing", "labels:buy");
            assertThat(call(rig, access, Set.of(Scope.LABELS_BUY), "post", "/stations/office/print", scan))
                    .startsWith("403 ")
                    .contains("scope-missing", "orders:write");
            assertThat(rig.shipment(taken).state()).isEqualTo(ShipmentState.HELD);
            assertThat(carrier.asked).isEmpty();

            Set<Scope> both = Set.of(Scope.ORDERS_WRITE, Scope.LABELS_BUY);
            assertThat(call(rig, access, both, "put", parcels, "{" + PACKED)).startsWith("20");
            rig.settled(taken, ShipmentState.LABELLED);
        }
    }

    private static String call(Rig rig, Access access, Set<Scope> scopes, String verb, String path, String body) {
        Caller wms = new Caller(
                "wms",
                Optional.empty(),
                scopes,
                Namespaces.of(Set.of("acme")),
                false,
                Optional.empty(),
                Optional.empty());
        Answer answer = new InProcess(
                        rig.api(new Accounts(List.of()), access, null).resources(2), wms)
                .call(verb, path, body.getBytes(StandardCharsets.UTF_8), Locale.ENGLISH);
        return answer.status() + " " + new String(answer.body(), StandardCharsets.UTF_8);
    }
}
