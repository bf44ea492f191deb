package io.waybill.edge;

import io.waybill.edge.RouteFile.Said;
import io.waybill.edge.RouteFile.Start;
import io.waybill.edge.RouteFile.Steps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;

/** One pass over a part of a route file, for all that a rule may ask of it; a node that is there twice, by an alias, is looked at once. */
final class RouteWalk {
    /** Keys whose plain text is a URI. */
    private static final Set<String> URIS =
            Set.of("uri", "to", "toD", "wireTap", "enrich", "pollEnrich", "poll", "deadLetterUri", "deadLetterChannel");

    /** Steps whose target, or whose code, the message would choose. */
    private static final Set<String> CHOSEN_BY_DATA = Set.of(
            "toD", "recipientList", "dynamicRouter", "routingSlip", "script", "groovy", "mvel", "ognl", "spel", "js");

    /** Steps and expressions that are code of somebody's own. */
    private static final Set<String> CODE = Set.of("bean", "process", "method");

    /** Stands for the key of a name that is set, which is no reading of it. */
    private static final String NAME_OF_PROPERTY = "setProperty.name";

    /** Steps and parts of a file that decide what happens on failure. */
    private static final Set<String> ON_FAILURE = Set.of("doTry", "onException", "routeConfiguration");

    /** Keys whose text is for people. */
    private static final Set<String> WORDS = Set.of("id", "routeId", "description", "note");

    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Said> from = new ArrayList<>();
    private final List<Said> to = new ArrayList<>();
    private final List<Said> open = new ArrayList<>();
    private final List<Said> mappings = new ArrayList<>();
    private final List<Said> chosen = new ArrayList<>();
    private final List<Said> failures = new ArrayList<>();
    private final List<Said> sources = new ArrayList<>();
    private final Set<String> properties = new HashSet<>();
    private final List<Said> set = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final Set<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final List<Start> starts = new ArrayList<>();
    private boolean code;
    private int count;

    private RouteWalk() {}

    /** Everything of interest from a place down; its key says what it is. */
    static Steps steps(RouteYaml place, String key) {
        RouteWalk walk = new RouteWalk();
        walk.visit(place, key, false);
        return new Steps(
                place.line(),
                key.equals("route") ? place.said("id") : null,
                walk.from,
                walk.to,
                walk.open,
                walk.mappings,
                walk.chosen,
                walk.failures,
                walk.sources,
                walk.properties,
                walk.set,
                walk.texts,
                walk.code,
                walk.headers,
                walk.starts,
                walk.count);
    }

    /** @param begins whether it is the URI a route starts from */
    private void visit(RouteYaml place, String key, boolean begins) {
        if (!place.isNew(seen)) {
            return;
        }
        if (ON_FAILURE.contains(key)) {
            failures.add(new Said(key, place.line()));
        }
        if (place.isText()) {
            text(place.said(), key, begins);
            return;
        }
        if (key.equals("steps")) {
            count += place.items().size();
        }
        place.items().forEach(item -> visit(item, "", false));
        step(place, key);
        place.entries().forEach((name, value) -> entry(place, key, name, value));
    }

    private void text(Said said, String key, boolean begins) {
        if (!key.equals(NAME_OF_PROPERTY)) {
            texts.add(said.text());
        }
        if (said.text().contains("{{") && !WORDS.contains(key)) {
            open.add(said);
        }
        if (begins || key.equals("from")) {
            from.add(said);
            if (key.equals("from")) {
                starts.add(new Start(said.text(), Map.of(), said.line()));
            }
        } else if (URIS.contains(key) || (said.text().startsWith("direct:") && !WORDS.contains(key))) {
            to.add(said);
        }
    }

    /** What a step sets, and where a route starts. */
    private void step(RouteYaml step, String key) {
        switch (key) {
            case "setProperty" -> property(step);
            case "setHeader" -> header(step);
            case "setHeaders" -> step.get("headers").items().forEach(this::header);
            case "from" -> starts.add(start(step));
            default -> {}
        }
    }

    private void property(RouteYaml step) {
        Said name = step.get("name").said();
        properties.add(name.text());
        set.add(name);
        if (step.has("constant")) {
            Said value = step.get("constant").said();
            if (name.text().equals("mapping")) {
                mappings.add(value);
            } else if (name.text().equals("source")) {
                sources.add(value);
            }
        }
    }

    private void header(RouteYaml header) {
        headers.add(header.get("name").text());
    }

    private static Start start(RouteYaml from) {
        Map<String, String> parameters = new LinkedHashMap<>();
        from.get("parameters").entries().forEach((name, value) -> parameters.put(name, value.text()));
        return new Start(from.get("uri").text(), parameters, from.get("uri").line());
    }

    private void entry(RouteYaml step, String key, String name, RouteYaml value) {
        if (!key.equals("parameters")) {
            code |= CODE.contains(name);
            if (CHOSEN_BY_DATA.contains(name)) {
                chosen.add(new Said(name, value.line()));
            }
        }
        if (name.equals("uri") && value.text().equals("direct")) {
            String target = step.get("parameters").get("name").text();
            (key.equals("from") ? from : to).add(new Said("direct:" + target, value.line()));
        } else {
            boolean isSet = key.equals("setProperty") && name.equals("name");
            visit(value, isSet ? NAME_OF_PROPERTY : name, key.equals("from") && name.equals("uri"));
        }
    }
}
