package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.intake.Taken;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stage;
import io.waybill.ledger.Stores;
import io.waybill.order.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver of webhooks is made from the document alone: it tells each event there is, as it is posted. */
class WebhooksTest {
    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void every_type_of_event_is_a_webhook_with_its_words_its_headers_and_what_answers_mean(String language) {
        JsonNode document = EventSchemas.in(Locale.forLanguageTag(language));
        Set<String> types = new TreeSet<>(Stage.BY_EVENT.keySet());
        types.add("hub.test");
        Set<String> told = new TreeSet<>();
        document.path("webhooks").fieldNames().forEachRemaining(told::add);
        assertThat(told).isEqualTo(types);
        for (String type : types) {
            JsonNode post = document.path("webhooks").path(type).path("post");
            assertThat(post.path("summary").asText())
                    .matches(language.equals("zh") ? ".*\\p{IsHan}.*" : "[\\x20-\\x7e]*");
            assertThat(post.path("parameters").findValuesAsText("name"))
                    .containsExactly("webhook-id", "webhook-timestamp", "webhook-signature", "traceparent");
            List<String> answers = new ArrayList<>();
            post.path("responses").fieldNames().forEachRemaining(answers::add);
            assertThat(answers).containsExactly("2XX", "429", "503", "default");
            assertThat(post.at("/responses/429/headers").has("Retry-After")).isTrue();
            List<String> words = post.findValuesAsText("description");
            assertThat(words).noneMatch(text -> text.contains("webhook.") || text.contains("{}"));
        }
    }

    @Test
    void what_is_told_of_an_order_is_as_it_says(@TempDir Path folder) throws Exception {
        FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
        Set<String> types = new TreeSet<>();
        try (Rig rig = Rig.start(Stores.h2(folder), FakeCarrier.account("fake", carrier))) {
            ObjectNode rich = Rig.order("SO-1", "1.2").put("reference", "PO-77");
            rich.putObject("metadata").put("shop", 7);
            rich.putObject("billing").put("costCenter", "CC-7");
            rich.putArray("identifiers")
                    .addObject()
                    .put("system", "shop")
                    .put("type", "order")
                    .put("value", "7");
            Taken labelled = rig.take(rich);
            rig.settled(labelled, ShipmentState.LABELLED);
            rig.dispatch.voidOrder(labelled.orderUid(), Namespaces.ALL, "ops");
            Taken held = rig.take(Rig.order("SO-2", null));
            ObjectNode wrong = Rig.order("SO-2", null);
            wrong.put("service", "no such service");
            rig.take(wrong);
            rig.desk.cancel(held.orderUid(), Namespaces.ALL, "ops");
            carrier.script.add(Turn.REFUSE);
            Taken refused = rig.take(Rig.order("SO-3", "1.2"));
            rig.settled(refused, ShipmentState.REFUSED);
            rig.desk.cancel(refused.orderUid(), Namespaces.ALL, "ops");

            for (Taken order : List.of(labelled, held, refused)) {
                types.addAll(rig.events(order));
            }
        }
        assertThat(types)
                .contains(
                        "order.accepted",
                        "order.held",
                        "order.cancelled",
                        "order.labelled",
                        "order.refused",
                        "shipment.voided",
                        "billing.charged",
                        "exception.opened",
                        "exception.closed");
    }

    @Test
    void an_event_that_says_more_than_is_told_or_less_does_not_fit() throws Exception {
        JsonNode test = Json.mapper().readTree("""
                {"specversion": "1.0", "id": "evt_1", "source": "acme", "type": "hub.test", "time": "2026-11-24T08:30:02Z",
                 "subject": "oms", "sequence": "0", "datacontenttype": "application/json",
                 "data": {"namespace": "acme", "test": true}}""");
        assertThat(EventSchemas.broken(test)).isEmpty();

        ((ObjectNode) test.path("data")).put("more", 1);
        assertThat(EventSchemas.broken(test)).isNotEmpty();
        ((ObjectNode) test.path("data")).remove(List.of("more", "namespace"));
        assertThat(EventSchemas.broken(test)).isNotEmpty();
    }
}
