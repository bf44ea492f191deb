package io.waybill;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.access.Access;
import io.waybill.access.Caller;
import io.waybill.access.Scope;
import io.waybill.access.Spending;
import io.waybill.api.Answer;
import io.waybill.api.Api;
import io.waybill.api.InProcess;
import io.waybill.carrier.Accounts;
import io.waybill.ledger.Namespaces;
import io.waybill.order.Json;
import io.waybill.order.Orders;
import io.waybill.rollout.NextStage;
import io.waybill.rollout.Rollout;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The calls that switch, on a rig, for administrators of any namespaces. */
record Switchboard(Rig rig, Access access, Rollout rollout) implements AutoCloseable {

    static Switchboard on(Rig rig) {
        return new Switchboard(
                rig, Access.open(rig.ledger), new Rollout(rig.ledger, Set.of("acme", "globex"), () -> {}));
    }

    JsonNode told(Namespaces seen, String path) throws IOException {
        return Json.mapper().readTree(call(seen, "get", path, "").body());
    }

    Answer call(Namespaces seen, String verb, String path, String body) {
        Caller caller = new Caller(
                "Ada", Optional.empty(), Set.of(Scope.ADMIN), seen, true, Optional.empty(), Optional.empty());
        return new InProcess(api().resources(2), caller)
                .call(verb, path, body.getBytes(StandardCharsets.UTF_8), Locale.ENGLISH);
    }

    private Api api() {
        Accounts none = new Accounts(List.of());
        return new Api(
                new Api.Records(rig.ledger, new Orders(), null, access, null),
                new Api.Doors(rig.sources, rig.intake, null, rig.desk, null, null),
                new Api.Carriage(none, rig.dispatch, Spending.read(Settings.of("")), null, null),
                null,
                new Api.Sheets(null, null, Optional.empty()),
                null,
                new Api.Opening(
                        rollout,
                        new NextStage(rig.ledger, none, (namespace, type) -> List.of()),
                        source -> null,
                        null));
    }

    @Override
    public void close() {
        access.close();
        rig.close();
    }
}
