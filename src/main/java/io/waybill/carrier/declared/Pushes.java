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
        HookSpec hook = description.hook().orElseThrow();
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

    List<Event> events(byte[] body) {
        return Journeys.events(read(body), description.tables().statuses(), List.of());
    }

    List<Arrived> arrived(byte[] body) {
        Reply pushed = read(body);
        String id = pushed.text("id");
        return id.isEmpty()
                ? List.of()
                : List.of(new Arrived(new ShipmentId(id), sales.fetched(pushed, Papers.AS_IT_COMES)));
    }

    /** An event that cannot be read holds no other back, nor a label. */
    private Reply read(byte[] body) {
        HookSpec hook = description.hook().orElseThrow();
        return Replies.events(hook.reply(), hook.reads().tree(body));
    }
}
