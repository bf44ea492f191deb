package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a mapping writes by itself fits its place, which would else be told document by document. Not asked of a text that
 * served: it goes on.
 */
record LiteralCheck(Faults faults, Lines lines) {

    /** Constants and defaults of lines. */
    void checkLines() {
        fields(lines)
                .forEach(field -> field.checkFit((value, code, values) ->
                        faults.problems().add(unfit(field, field.line(), value, code, values))));
    }

    /**
     * The words of lookups that stand in the mapping, where no line that looks them up would take them: of an order, as in what a
     * carrier answers a word that is none leaves only itself out.
     */
    void checkLookups(@Nullable Yaml lookups) {
        if (lookups == null || !faults.problems().isEmpty()) {
            return;
        }
        lookups.entries(faults).forEach((name, spec) -> {
            List<Field> using =
                    fields(lines).filter(field -> field.looksUp(name)).toList();
            Map<String, Yaml> keys = spec.entries(faults);
            Yaml values = keys.get("values");
            if (values != null) {
                values.entries(faults)
                        .forEach((key, word) -> checkWord("lookups." + name + ".values." + key, word, using));
            }
            Yaml otherwise = keys.get("default");
            if (otherwise != null) {
                checkWord("lookups." + name + ".default", otherwise, using);
            }
        });
    }

    private void checkWord(String place, Yaml word, List<Field> using) {
        JsonNode value = word.json();
        if (value.isValueNode() && !Values.absent(value) && using.stream().noneMatch(field -> field.mayTake(value))) {
            Field field = using.get(0);
            Rule rule = field.rule();
            rule.check(
                    rule.fit(value),
                    "",
                    (below, code, values) -> faults.problems()
                            .add(unfit(field, word.line(), word.text(), code, values)
                                    .with("source", place)));
        }
    }

    private Problem unfit(Field field, int line, String value, MappingCode code, Object... values) {
        return Problem.of(code, values)
                .at(field.target().pointer())
                .with("file", faults.file())
                .with("line", line)
                .with("field", field.target().text())
                .with("value", value);
    }

    /** Those below each list included. */
    private static Stream<Field> fields(Lines lines) {
        return lines.all().stream()
                .flatMap(line -> line instanceof Each each ? fields(each.lines()) : Stream.of((Field) line));
    }
}
