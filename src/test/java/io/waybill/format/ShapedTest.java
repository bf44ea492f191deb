package io.waybill.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An object of a shape is like any other object, except for the order of its fields. */
class ShapedTest {
    private static final List<String> NAMES =
            IntStream.range(0, 40).mapToObj(i -> "name_" + i).toList();

    @Test
    void whatever_is_done_to_both_they_hold_the_same() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<String> known = NAMES.subList(0, random.nextInt(30));
            Shaped shaped = Shape.of(known).object();
            ObjectNode plain = JsonNodeFactory.instance.objectNode();
            for (int step = 0; step < 40; step++) {
                boolean foreign = step > 20 || known.isEmpty();
                String name = (foreign ? NAMES : known).get(random.nextInt(foreign ? NAMES.size() : known.size()));
                JsonNode value = IntNode.valueOf(step);
                switch (random.nextInt(6)) {
                    case 0 -> assertThat(shaped.remove(name)).isEqualTo(plain.remove(name));
                    case 1 -> {
                        removeEven(shaped);
                        removeEven(plain);
                    }
                    case 2 -> {
                        replaceAll(shaped, value);
                        replaceAll(plain, value);
                    }
                    case 3 -> {
                        if (known.contains(name)) {
                            shaped.set(known.indexOf(name), value);
                            plain.set(name, value);
                        }
                    }
                    default -> assertThat(shaped.replace(name, value)).isEqualTo(plain.replace(name, value));
                }
                assertSame(shaped, plain);
            }
        }
    }

    private static void removeEven(ObjectNode object) {
        for (Iterator<JsonNode> values = object.elements(); values.hasNext(); ) {
            if (values.next().intValue() % 2 == 0) {
                values.remove();
            }
        }
    }

    private static void replaceAll(ObjectNode object, JsonNode by) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            field.setValue(by);
        }
    }

    private static void assertSame(Shaped shaped, ObjectNode plain) {
        assertThat(shaped).isEqualTo(plain).hasSameHashCodeAs(plain).hasSize(plain.size());
        assertThat(plain).isEqualTo(shaped);
        assertThat(shaped.deepCopy()).isEqualTo(plain);
        assertThat(Formats.json(shaped.toString(), "shaped")).isEqualTo(plain);
        NAMES.forEach(name -> assertThat(shaped.get(name)).isEqualTo(plain.get(name)));
    }

    @Test
    void fields_come_in_the_order_of_the_shape_and_others_behind_them() {
        Shaped object = Shape.of(List.of("a", "b", "c")).object();
        object.put("c", 3).put("a", 1);
        assertThat(object).hasToString("{\"a\":1,\"c\":3}");
        assertThat(object.put("z", 4)).hasToString("{\"a\":1,\"c\":3,\"z\":4}");
        object.set(1, IntNode.valueOf(2));
        assertThat(object.in(1)).isEqualTo(IntNode.valueOf(2));
        assertThat(object.get("b")).isEqualTo(IntNode.valueOf(2));
    }

    @Test
    void names_with_one_hash_have_a_slot_each() {
        List<String> names = new ArrayList<>(List.of("AaAa", "BBBB", "AaBB"));
        assertThat(names).extracting(String::hashCode).containsOnly("BBAa".hashCode());
        Shape shape = Shape.of(names);
        assertThat(names).extracting(shape::slot).containsExactly(0, 1, 2);
        assertThat(shape.slot("BBAa")).isEqualTo(-1);
    }
}
