package io.waybill.order;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ContentTest {
    private final Orders orders = new Orders();

    @Property(tries = 200)
    void the_hash_does_not_depend_on_the_order_of_keys(@ForAll("documents") JsonNode document, @ForAll long seed) {
        JsonNode shuffled = shuffled(document, new Random(seed));
        assertThat(Content.hash(shuffled)).isEqualTo(Content.hash(document));
        assertThat(Content.diff(document, shuffled)).isEmpty();
    }

    @Property(tries = 200)
    void two_documents_hash_alike_exactly_when_they_do_not_differ(
            @ForAll("documents") JsonNode a, @ForAll("documents") JsonNode b) {
        assertThat(Content.hash(a).equals(Content.hash(b)))
                .isEqualTo(Content.diff(a, b).isEmpty());
    }

    @Example
    void spelling_is_not_content() {
        assertThat(hash("{'a': 1.0, 'price': {'amount': '12.50'}, 'b': null, 'c': '', 'd': [], 'e': {'f': ''}}"))
                .isEqualTo(hash("{'price': {'amount': 12.5}, 'a': 1}"))
                .matches("[0-9a-f]{64}");
    }

    @Example
    void members_at_the_end_of_a_list_that_say_nothing_are_not_content() {
        assertThat(hash("{'a': ['x', null, {'b': ''}]}")).isEqualTo(hash("{'a': ['x']}"));
        assertThat(hash("{'a': [null, 'x']}"))
                .isEqualTo(hash("{'a': ['', 'x']}"))
                .isNotEqualTo(hash("{'a': ['x']}"));
        assertThat(Content.diff(json("{'a': ['x', null]}"), json("{'a': ['x']}")))
                .isEmpty();
    }

    @Example
    void a_text_is_not_the_number_it_spells() {
        assertThat(hash("{'postalCode': '01'}")).isNotEqualTo(hash("{'postalCode': '1'}"));
        assertThat(hash("{'a': '1'}")).isNotEqualTo(hash("{'a': 1}"));
        assertThat(hash("{'a': '1,b'}")).isNotEqualTo(hash("{'a': ['1', 'b']}"));
    }

    @Example
    void a_diff_names_each_field_with_both_values() {
        List<FieldChange> changes = Content.diff(
                json("{'shipTo': {'city': 'Bonn'}, 'parcels': [{'weight': {'value': 1}}], 'x': 1}"),
                json("{'shipTo': {'city': 'Köln'}, 'parcels': [{'weight': {'value': 1.0}}, {'reference': '2'}]}"));
        assertThat(changes).extracting(FieldChange::pointer).containsExactly("/parcels/1", "/shipTo/city", "/x");
        assertThat(changes.get(1).before()).hasToString("\"Bonn\"");
        assertThat(changes.get(1).after()).hasToString("\"Köln\"");
        assertThat(changes.get(2).after()).isNull();
    }

    @Example
    void channels_agree_when_what_both_say_is_the_same() {
        JsonNode sheet = json("{'orderId': '1', 'shipTo': {'city': 'Bonn'}}");
        JsonNode api = json("{'orderId': '1', 'shipTo': {'city': 'Bonn', 'phone': '1'}, 'items': [{'sku': 'A'}]}");
        assertThat(Content.sameWhereBothSpeak(sheet, api)).isTrue();
        assertThat(Content.sameWhereBothSpeak(api, sheet)).isTrue();
        assertThat(Content.sameWhereBothSpeak(sheet, json("{'shipTo': {'city': 'Köln'}}")))
                .isFalse();
        assertThat(Content.sameWhereBothSpeak(sheet, json("{'shipTo': 'Bonn'}")))
                .isFalse();
    }

    @Example
    void what_different_systems_call_an_order_and_its_lines_is_no_contradiction() {
        JsonNode erp = json("{'identifiers': [{'system': 'sap', 'type': 'BELNR', 'value': '1'}],"
                + " 'items': [{'sku': 'A', 'externalId': '000010'}]}");
        JsonNode shop = json("{'identifiers': [{'system': 'shopify', 'type': 'order', 'value': '9'}],"
                + " 'items': [{'sku': 'A', 'externalId': '7'}]}");
        assertThat(Content.sameWhereBothSpeak(erp, shop)).isTrue();
        assertThat(Content.sameWhereBothSpeak(
                        shop, json("{'identifiers': [{'system': 'shopify', 'type': 'order', 'value': '8'}]}")))
                .isFalse();
        assertThat(Content.sameWhereBothSpeak(shop, json("{'items': [{'sku': 'B', 'externalId': '7'}]}")))
                .isFalse();
    }

    @Provide
    Arbitrary<JsonNode> documents() {
        Arbitrary<String> names = Arbitraries.of("a", "b", "amount", "weight", "city");
        Arbitrary<JsonNode> scalars = Arbitraries.of(
                        "1", "1.0", "1.50", "\"1.5\"", "\"x\"", "\"\"", "null", "true", "100")
                .map(text -> json("{'v': " + text + "}").get("v"));
        Arbitrary<JsonNode> objects = Arbitraries.lazyOf(
                () -> scalars,
                () -> scalars.list().ofMaxSize(3).map(ContentTest::list),
                () -> Arbitraries.maps(names, scalars).ofMaxSize(3).map(ContentTest::object));
        return Arbitraries.maps(names, objects).ofMaxSize(4).map(ContentTest::object);
    }

    private static JsonNode list(List<JsonNode> members) {
        return JsonNodeFactory.instance.arrayNode().addAll(members);
    }

    @Example
    void what_a_document_means_is_the_same_at_any_offset_of_its_moment() {
        JsonNode said = json("{'orderId': 'A', 'placedAt': '2026-11-24T08:30:00Z'}");
        String meaning = Content.meaning(said);

        assertThat(Content.meaning(json("{'placedAt': '2026-11-24T09:30:00.000+01:00', 'orderId': 'A'}")))
                .isEqualTo(meaning);
        assertThat(Content.meaning(json("{'orderId': 'A', 'placedAt': '2026-11-24T09:30:00Z'}")))
                .isNotEqualTo(meaning);
        assertThat(Content.meaning(json("{'orderId': 'A', 'placedAt': 'soon'}")))
                .isNotEqualTo(meaning);
        assertThat(said).as("as it was").isEqualTo(json("{'orderId': 'A', 'placedAt': '2026-11-24T08:30:00Z'}"));
    }

    private static JsonNode object(Map<String, JsonNode> fields) {
        return JsonNodeFactory.instance.objectNode().setAll(fields);
    }

    private static JsonNode shuffled(JsonNode node, Random random) {
        if (!node.isObject()) {
            return node;
        }
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        Collections.shuffle(names, random);
        ObjectNode to = JsonNodeFactory.instance.objectNode();
        names.forEach(name -> to.set(name, shuffled(node.get(name), random)));
        return to;
    }

    private String hash(String text) {
        return Content.hash(json(text));
    }

    private JsonNode json(String text) {
        return orders.parse(text.replace('\'', '"').getBytes(UTF_8));
    }
}
