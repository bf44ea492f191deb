package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The fields of a body that is asked for more strictly than Jackson would: nothing mistyped counts as left out. */
final class Fields {
    private Fields() {}

    /**
     * A body of these fields and no others.
     *
     * @throws ProblemException {@code unknown-field}, for each that is not among these
     */
    static JsonNode among(JsonNode body, String... names) {
        requireAmong(body, List.of(names));
        return body;
    }

    /** @throws ProblemException {@code unknown-field}, for each that is not among these */
    static void requireAmong(JsonNode body, List<String> names) {
        requireAmong(body, names, "");
    }

    /**
     * The same of an object in a body.
     *
     * @param under where it stands: {@code /maxTotal}
     */
    static void requireAmong(JsonNode object, List<String> names, String under) {
        Set<String> unknown = new TreeSet<>();
        object.fieldNames().forEachRemaining(unknown::add);
        names.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new ProblemException(unknown.stream()
                    .map(name -> Problem.of(OrderCode.UNKNOWN_FIELD, "field", name, "legal", String.join(", ", names))
                            .at(under + "/" + name.replace("~", "~0").replace("/", "~1")))
                    .toList());
        }
    }

    /**
     * A text, or an empty one where it is left out or null.
     *
     * @throws ProblemException {@code wrong-type}
     */
    static String text(JsonNode body, String name) {
        return text(body, name, "");
    }

    /**
     * The same of an object in a body.
     *
     * @param under where it stands: {@code /maxTotal}
     */
    static String text(JsonNode object, String name, String under) {
        if (!object.hasNonNull(name)) {
            return "";
        }
        JsonNode value = object.get(name);
        if (!value.isTextual()) {
            throw wrong(value, "string", under + "/" + name);
        }
        return value.textValue();
    }

    /**
     * A text or a whole number as it is written, without the blanks around it; an empty one where it is left out or null.
     *
     * @throws ProblemException {@code wrong-type}; {@code too-long}
     */
    static String word(JsonNode body, String name, int longest) {
        JsonNode value = body.path(name);
        String word =
                value.isIntegralNumber() ? value.asText() : text(body, name).strip();
        if (word.length() > longest) {
            throw new ProblemException(Problem.of(OrderCode.TOO_LONG, "length", word.length(), "max", longest)
                    .at("/" + name));
        }
        return word;
    }

    /**
     * Texts, or none where they are left out.
     *
     * @throws ProblemException {@code wrong-type}
     */
    static Set<String> texts(JsonNode body, String name) {
        JsonNode list = body.path(name);
        if (!list.isMissingNode() && !list.isArray()) {
            throw wrong(list, "array", "/" + name);
        }
        Set<String> texts = new TreeSet<>();
        for (int i = 0; i < list.size(); i++) {
            if (!list.get(i).isTextual()) {
                throw wrong(list.get(i), "string", "/" + name + "/" + i);
            }
            texts.add(list.get(i).asText());
        }
        return texts;
    }

    /**
     * True or false, or false where it is left out or null.
     *
     * @throws ProblemException {@code wrong-type}
     */
    static boolean flag(JsonNode body, String name) {
        if (body.hasNonNull(name) && !body.get(name).isBoolean()) {
            throw wrong(body.get(name), "boolean", "/" + name);
        }
        return body.path(name).asBoolean();
    }

    private static ProblemException wrong(JsonNode value, String legal, String pointer) {
        String type = value.getNodeType().name().toLowerCase(Locale.ROOT);
        return new ProblemException(
                Problem.of(OrderCode.WRONG_TYPE, "type", type, "legal", legal).at(pointer));
    }
}
