package io.waybill.readiness;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.problem.Messages;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@link Readiness} found, for people and programs: numbers, and sentences in one language. */
public final class Report {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Setting setting;
    private final Readiness seen;
    private final List<Problem> changes;
    private final List<Verdict> verdicts;

    private Report(Setting setting, Readiness seen, List<Problem> changes) {
        this.setting = setting;
        this.seen = seen;
        this.changes = changes;
        this.verdicts = new Judgement(setting, seen, changes).verdicts();
    }

    static Report of(Setting setting, Readiness seen) {
        return new Report(
                setting, seen, new Changes(seen.first, seen.earlier, seen.now, seen.fields.personal()).problems());
    }

    /** All of it; {@code code} and numbers for programs, {@code text} in this language. */
    public ObjectNode json(Locale language) {
        ObjectNode json = NODES.objectNode();
        json.put("source", setting.source())
                .put("namespace", setting.namespace())
                .put("mapping", setting.mapping())
                .put("documents", seen.documents)
                .put("valid", seen.valid)
                .put("skipped", seen.skipped);
        json.set("verdicts", verdicts(language));
        json.set("fields", fields());
        json.set("changes", sentences(changes, language));
        json.set("numbers", numbers());
        json.set("countries", countries());
        json.set("services", services());
        json.set(
                "assumed",
                NODES.arrayNode()
                        .addAll(seen.fields.assumed().stream()
                                .map(NODES::textNode)
                                .toList()));
        json.set("problems", problems(language));
        return json;
    }

    private ArrayNode verdicts(Locale language) {
        Messages messages = Messages.in(language);
        ArrayNode list = NODES.arrayNode();
        for (Verdict verdict : verdicts) {
            String name = word(verdict.question());
            ObjectNode one = list.addObject()
                    .put("question", name)
                    .put("state", word(verdict.state()))
                    .put("text", messages.text("readiness.question." + name))
                    .put("stateText", messages.text("readiness.state." + word(verdict.state())));
            ArrayNode evidence = one.putArray("evidence");
            verdict.evidence()
                    .forEach(each -> evidence.addObject()
                            .put("code", each.said().code())
                            .put("weight", word(each.weight()))
                            .put("good", each.good())
                            .put("text", sentence(each.said(), language)));
        }
        return list;
    }

    private ArrayNode fields() {
        ArrayNode list = NODES.arrayNode();
        seen.fields.fields().forEach((field, need) -> {
            ObjectNode one = list.addObject()
                    .put("field", field)
                    .put("need", word(need))
                    .put("documents", seen.fields.present(field))
                    .put("share", Share.of(seen.fields.present(field), seen.documents));
            ArrayNode from = one.putArray("from");
            seen.fields
                    .origins(field)
                    .forEach(origin -> from.addObject()
                            .put("source", origin.getKey())
                            .put("assumed", FieldCount.isAssumed(origin.getKey()))
                            .put("documents", origin.getValue()));
        });
        return list;
    }

    private ObjectNode numbers() {
        ObjectNode json = NODES.objectNode();
        json.put("given", seen.numbers.given())
                .put("repeated", seen.numbers.repeated())
                .put("contradicted", seen.numbers.contradicted())
                .put("notRemembered", seen.numbers.notRemembered())
                .put("areRows", seen.numbers.areRows());
        json.set("shapes", counts(seen.numbers.shapes()));
        return json;
    }

    private ArrayNode countries() {
        ArrayNode list = NODES.arrayNode();
        seen.countries.all().entrySet().stream()
                .sorted(Map.Entry.comparingByValue((a, b) -> Long.compare(b.documents(), a.documents())))
                .forEach(country -> list.addObject()
                        .put("country", country.getKey())
                        .put("documents", country.getValue().documents())
                        .put("valid", country.getValue().valid())
                        .set("problems", counts(country.getValue().problems())));
        return list;
    }

    private ArrayNode services() {
        ArrayNode list = NODES.arrayNode();
        seen.services.sorted().forEach(service -> {
            ObjectNode one = list.addObject().put("service", service.getKey()).put("documents", service.getValue());
            if (setting.chooser() != null) {
                one.put("known", seen.unknownServices.of(service.getKey()) == 0);
            }
        });
        return list;
    }

    private ObjectNode problems(Locale language) {
        ObjectNode json = NODES.objectNode();
        json.put("documents", seen.documents - seen.valid);
        json.set("ofTheFile", sentences(seen.ofTheFile, language));
        json.set("codes", counts(seen.problemCodes));
        json.set("examples", sentences(seen.problems, language));
        return json;
    }

    private static ArrayNode counts(Tally tally) {
        ArrayNode list = NODES.arrayNode();
        tally.sorted()
                .forEach(word -> list.addObject().put("word", word.getKey()).put("count", word.getValue()));
        return list;
    }

    private static ArrayNode sentences(List<Problem> problems, Locale language) {
        ArrayNode list = NODES.arrayNode();
        problems.forEach(
                problem -> list.addObject().put("code", problem.code()).put("text", sentence(problem, language)));
        return list;
    }

    static String sentence(Problem problem, Locale language) {
        return problem.sentence(language);
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
