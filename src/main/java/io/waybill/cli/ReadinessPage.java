package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A readiness report as a page. */
record ReadinessPage(Locale language) {
    private static final Set<String> ASSUMED = Set.of("constant", "default", "setting");

    Page of(JsonNode report) {
        Page page =
                new Page(text("readiness.title", "source", report.path("source").asText()));
        addTo(page, report);
        return page;
    }

    void addTo(Page page, JsonNode report) {
        verdicts(page, report);
        fields(page.section(text("readiness.fields")), report);
        Page.Section changes = page.section(text("readiness.changes"));
        sentences(report.path("changes")).forEach(changes::say);
        if (report.path("changes").isEmpty()) {
            changes.say(text("readiness.none"));
        }
        countries(page.section(text("readiness.countries")), report);
        services(page.section(text("readiness.services")), report);
        problems(page.section(text("readiness.problems")), report.path("problems"));
    }

    private void verdicts(Page page, JsonNode report) {
        Page.Section section = page.section(text("readiness.verdicts"));
        section.say(text(
                "readiness.documents",
                "documents",
                report.path("documents").asText(),
                "valid",
                report.path("valid").asText(),
                "bad",
                report.at("/problems/documents").asText(),
                "skipped",
                report.path("skipped").asText()));
        for (JsonNode verdict : report.path("verdicts")) {
            section.say(text(
                    "readiness.verdict",
                    "question",
                    verdict.path("text").asText(),
                    "state",
                    verdict.path("stateText").asText()));
            verdict.path("evidence")
                    .forEach(one -> section.mark(speaks(one), one.path("text").asText()));
        }
    }

    private static Page.Speaks speaks(JsonNode evidence) {
        return evidence.path("weight").asText().equals("fact")
                ? Page.Speaks.NEITHER
                : Page.Speaks.of(evidence.path("good").asBoolean());
    }

    /** Those that are filled or needed; the others are named together. */
    private void fields(Page.Section section, JsonNode report) {
        List<List<String>> rows = new ArrayList<>();
        List<String> unfilled = new ArrayList<>();
        for (JsonNode field : report.path("fields")) {
            boolean needed = !field.path("need").asText().equals("optional");
            if (needed || field.path("documents").asLong() > 0) {
                rows.add(List.of(
                        field.path("field").asText(),
                        text("readiness.need." + field.path("need").asText()),
                        field.path("share").asText() + " %",
                        from(field.path("from"))));
            } else if (field.path("from").isEmpty()) {
                unfilled.add(field.path("field").asText());
            }
        }
        section.table(heads("field", "need", "share", "from"), rows);
        section.say(text("readiness.assumed", "fields", names(report.path("assumed"))));
        if (!unfilled.isEmpty()) {
            section.say(text("readiness.unfilled", "fields", String.join(", ", unfilled)));
        }
    }

    private String from(JsonNode origins) {
        return each(origins)
                .map(origin -> {
                    String name = origin.path("source").asText();
                    return origin.path("assumed").asBoolean() && ASSUMED.contains(name)
                            ? text("readiness.from." + name)
                            : name;
                })
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static String names(JsonNode list) {
        return list.isEmpty() ? "-" : each(list).map(JsonNode::asText).collect(Collectors.joining(", "));
    }

    private void countries(Page.Section section, JsonNode report) {
        section.table(
                heads("country", "documents", "valid", "problems"),
                each(report.path("countries"))
                        .map(one -> List.of(
                                one.path("country").asText(),
                                one.path("documents").asText(),
                                one.path("valid").asText(),
                                counts(one.path("problems"))))
                        .toList());
    }

    private void services(Page.Section section, JsonNode report) {
        section.table(
                heads("service", "documents", "known"),
                each(report.path("services"))
                        .map(one -> List.of(
                                one.path("service").asText(),
                                one.path("documents").asText(),
                                one.has("known")
                                        ? text(one.path("known").asBoolean() ? "readiness.yes" : "readiness.no")
                                        : "-"))
                        .toList());
    }

    private void problems(Page.Section section, JsonNode problems) {
        if (!problems.path("ofTheFile").isEmpty()) {
            section.say(text("readiness.file-problems"));
            sentences(problems.path("ofTheFile")).forEach(sentence -> section.mark(Page.Speaks.AGAINST, sentence));
        }
        section.table(
                heads("code", "count"),
                each(problems.path("codes"))
                        .map(one -> List.of(
                                one.path("word").asText(), one.path("count").asText()))
                        .toList());
        sentences(problems.path("examples")).forEach(section::say);
        if (problems.path("ofTheFile").isEmpty() && problems.path("codes").isEmpty()) {
            section.say(text("readiness.none"));
        }
    }

    private List<String> heads(String... columns) {
        return List.of(columns).stream()
                .map(column -> text("readiness.column." + column))
                .toList();
    }

    static String counts(JsonNode counts) {
        return each(counts)
                .map(one -> one.path("word").asText() + " " + one.path("count").asText())
                .collect(Collectors.joining(", "));
    }

    private static List<String> sentences(JsonNode list) {
        return each(list).map(one -> one.path("text").asText()).toList();
    }

    static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private String text(String key, Object... namesAndValues) {
        return Messages.in(language).text(key, namesAndValues);
    }
}
