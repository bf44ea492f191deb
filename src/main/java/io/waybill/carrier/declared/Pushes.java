package io.waybill.carrier.declared;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.carrier.HookProof;
import io.waybill.carrier.HookSecrets;
import io.waybill.carrier.Reply;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Tracks.Event;
import io.waybill.carrier.Webhooks.Arrived;
import io.waybill.carrier.Webhooks.Delivery;
import java.util.List;

/** What a described carrier says by its webhook, proven by the secrets of the account. */
record Pushes(Description description, HookSecrets secrets, Sales sales) {
    String prove(Delivery delivery) {
        HookSpec hook = hook();
        List<String> shared = secrets.required();
        if (hook.hmac()) {
            List<byte[]> keys =
                    shared.stream().map(secret -> secret.getBytes(UTF_8)).toList();
            HookProof.requireHmac(keys, delivery.body(), delivery.header(hook.header()));
        } else {
            HookProof.requireEcho(shared, delivery.header(hook.header()));
        }
        return HookProof.nameOf(delivery.body());
    }

    /** One that cannot be read holds back no other. */
    List<Event> events(byte[] body) {
        HookSpec hook = hook();
        Reply pushed = MappedReply.events(hook.reply(), hook.reads().tree(body));
        return Journeys.events(pushed, description.tables().statuses(), List.of());
    }

    /** An order that had no label, whether events told with it can be read or not. */
    List<Arrived> arrived(byte[] body) {
        HookSpec hook = hook();
        Reply pushed = MappedReply.label(hook.reply(), hook.reads().tree(body));
        String id = pushed.text("id");
        return id.isEmpty()
                ? List.of()
                : List.of(new Arrived(new ShipmentId(id), sales.fetched(pushed, Papers.AS_IT_COMES)));
    }

    private HookSpec hook() {
        return description.hook().orElseThrow();
    }
}
