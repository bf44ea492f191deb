package io.waybill;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every way in which the address of one call is wrong: its path, the parameters it tells of, and others. */
final class AddressTwists {
    private static final Set<String> PLAIN = Set.of("zz", "-1", "99999999999999999999", "%7B%7D", "*");
    private static final List<String> NO_PARAMETERS =
            List.of("colour=red", "colour", "=", "&&", "%00=1", "%FF=1", "=x", TwistWords.LONG, "%E9%A9%AC=1", "?");

    private final TwistedCall call;
    private final List<Twist> twists = new ArrayList<>();

    AddressTwists(TwistedCall call) {
        this.call = call;
    }

    List<Twist> all() {
        call.call().told().path("parameters").forEach(this::parameter);
        for (String word : NO_PARAMETERS) {
            boolean isWrong = word.startsWith("colour") && call.isStrict();
            twists.add(call.asked("?" + Twist.cut(word), join(call.query(), word), isWrong, ""));
        }
        return List.copyOf(twists);
    }

    private void parameter(JsonNode parameter) {
        String name = parameter.path("name").asText();
        switch (parameter.path("in").asText()) {
            case "path" -> TwistWords.IDS.forEach(id -> inPath(name, id));
            case "query" -> inQuery(name, parameter);
            default -> {}
        }
    }

    private void inPath(String name, String id) {
        String[] told = call.call().path().split("/", -1);
        String[] real = call.path().split("/", -1);
        StringBuilder twisted = new StringBuilder();
        for (int i = 1; i < told.length; i++) {
            twisted.append('/').append(told[i].equals("{" + name + "}") ? id : real[i]);
        }
        twists.add(call.at("{" + name + "}=" + Twist.cut(id), twisted.toString()));
    }

    private void inQuery(String name, JsonNode parameter) {
        String rest = Stream.of(call.query().split("&", -1))
                .filter(one -> !one.isEmpty() && !one.startsWith(name + "="))
                .collect(Collectors.joining("&"));
        if (parameter.path("required").asBoolean()) {
            twists.add(call.asked("without " + name, rest, true, name));
        }
        for (String word : TwistWords.WORDS) {
            boolean isWrong = isNone(parameter.path("schema"), word);
            twists.add(call.asked("?" + name + "=" + Twist.cut(word), join(rest, name + "=" + word), isWrong, name));
        }
        twists.add(call.asked("?" + name + " twice", join(rest, name + "=zz&" + name + "=zz"), true, name));
        twists.add(call.asked("?" + name + "[]", join(rest, name + "%5B%5D=zz"), true, name));
    }

    /** Whether a word is certainly none that the schema allows. */
    private static boolean isNone(JsonNode schema, String word) {
        return PLAIN.contains(word)
                && (schema.has("enum")
                        || schema.has("format")
                        || !schema.path("type").asText().equals("string"));
    }

    private static String join(String one, String other) {
        return one.isEmpty() ? other : one + "&" + other;
    }
}
