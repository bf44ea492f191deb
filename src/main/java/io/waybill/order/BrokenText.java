package io.waybill.order;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Problem;
import io.waybill.text.Undecoded;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What no text may have in it, wherever it stands in a document. */
final class BrokenText {
    private BrokenText() {}

    /** PostgreSQL keeps neither U+0000 nor half of a surrogate pair, and no label prints one. */
    static void unkept(JsonNode document, Consumer<Problem> found) {
        each(document, () -> "", (text, pointer) -> {
            if (text.indexOf('\0') >= 0) {
                found.accept(Problem.of(OrderCode.ZERO_CHARACTER).at(pointer.get()));
            }
            if (text.codePoints().anyMatch(BrokenText::isHalf)) {
                found.accept(Problem.of(OrderCode.HALF_CHARACTER).at(pointer.get()));
            }
        });
    }

    /** What stands for a letter that was lost on its way: asked of what comes in, and not of what was taken before it was asked. */
    static void lost(JsonNode document, Consumer<Problem> found) {
        each(
                document,
                () -> "",
                (text, pointer) -> Undecoded.in(text)
                        .ifPresent(lost -> found.accept(Problem.of(
                                        OrderCode.LOST_CHARACTER,
                                        "found",
                                        String.format(Locale.ROOT, "U+%04X", (int) text.charAt(lost)),
                                        "place",
                                        text.codePointCount(0, lost) + 1)
                                .at(pointer.get()))));
    }

    /** Names of fields stand where their object does. */
    private static void each(JsonNode node, Supplier<String> pointer, BiConsumer<String, Supplier<String>> check) {
        if (node.isTextual()) {
            check.accept(node.textValue(), pointer);
        }
        for (var field : node.properties()) {
            check.accept(field.getKey(), pointer);
            each(field.getValue(), () -> FieldProblems.below(pointer.get(), field.getKey()), check);
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            int member = i;
            each(node.get(i), () -> pointer.get() + "/" + member, check);
        }
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
