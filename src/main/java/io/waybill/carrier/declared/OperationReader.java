package io.waybill.carrier.declared;

import io.waybill.mapping.Faults;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.MappingCode;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.Nearest;
import io.waybill.mapping.Yaml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code operations}. */
final class OperationReader {
    private static final List<String> KEYS =
            List.of("method", "path", "query", "headers", "body", "request", "reply", "reads", "most");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~!$&'()*+,;=:@%{}-]*)+");
    private static final int MOST_NUMBERS = 1_000;

    private final Faults faults;
    private final Map<String, String> settings;
    private final Mappings mappings;
    private final ReplyReader replies;
    private final Set<String> used = new TreeSet<>();

    OperationReader(Faults faults, Map<String, String> settings, Mappings mappings, ReplyReader replies) {
        this.faults = faults;
        this.settings = settings;
        this.mappings = mappings;
        this.replies = replies;
    }

    /** The mappings that something uses. */
    Set<String> used() {
        return used;
    }

    Operation read(Verb verb, Yaml spec) {
        Map<String, Yaml> keys = spec.entries(faults);
        faults.only(keys, KEYS, MappingCode.UNKNOWN_KEY);
        String method = method(verb, spec, keys.get("method"));
        String body = faults.word(
                keys.get("body"),
                "body",
                keys.containsKey("request") ? BODIES : List.of("none", "json", "form", "xml"));
        ReplySpec reads = replies.read(keys.get("reads"), verb);
        Operation operation = new Operation(
                verb,
                spec.line(),
                method,
                path(verb, spec, keys.get("path")),
                templates(keys.get("query"), verb),
                headers(keys.get("headers"), verb),
                body,
                request(spec, keys.get("request"), body),
                reply(verb, spec, keys.get("reply"), reads),
                reads,
                most(keys.get("most"), verb));
        new OperationCheck(faults, settings).check(operation, keys);
        return operation;
    }

    private static final List<String> BODIES = List.of("json", "form", "xml", "none");

    private String method(Verb verb, Yaml spec, @Nullable Yaml at) {
        if (at == null) {
            faults.add(spec.line(), MappingCode.MISSING_KEY, "key", "method");
            return "GET";
        }
        if (!verb.methods().contains(at.text())) {
            faults.bad(at, "method", String.join(" | ", new TreeSet<>(verb.methods())));
        }
        return at.text();
    }

    private Template path(Verb verb, Yaml spec, @Nullable Yaml at) {
        if (at == null) {
            faults.add(spec.line(), MappingCode.MISSING_KEY, "key", "path");
            return new Template("/");
        }
        Template path = new Template(at.text());
        Places.checkOpen(faults, at, path, verb.places(), settings);
        if (!PATH.matcher(at.text()).matches() || at.text().contains("..")) {
            faults.bad(at, "path", "/v1/orders/{id}, without a query");
        }
        return path;
    }

    private Map<String, Template> headers(@Nullable Yaml spec, Verb verb) {
        Map<String, Template> headers = templates(spec, verb);
        OperationCheck.headers(faults, spec, headers.keySet());
        return headers;
    }

    private Map<String, Template> templates(@Nullable Yaml spec, Verb verb) {
        Map<String, Template> templates = new LinkedHashMap<>();
        if (spec != null) {
            spec.entries(faults).forEach((name, at) -> {
                Template template = new Template(faults.text(at, name));
                Places.checkOpen(faults, at, template, verb.places(), settings);
                templates.put(name, template);
            });
        }
        return templates;
    }

    private @Nullable Mapping request(Yaml spec, @Nullable Yaml name, String body) {
        if (name == null) {
            if (!body.equals("none")) {
                faults.add(spec.line(), MappingCode.MISSING_KEY, "key", "request");
            }
            return null;
        }
        return mapping(name, "free");
    }

    private @Nullable Mapping reply(Verb verb, Yaml spec, @Nullable Yaml name, ReplySpec reads) {
        if (name == null) {
            if (verb.needsReply() && reads.format() != ReplySpec.Form.FILE) {
                faults.add(spec.line(), MappingCode.MISSING_KEY, "key", "reply");
            }
            return null;
        }
        return reply(name, verb.shape());
    }

    /** A reply's mapping: a field the carrier adds tomorrow must not make its answers unreadable. */
    @Nullable
    Mapping reply(Yaml name, String shape) {
        Mapping mapping = mapping(name, shape);
        if (mapping != null && mapping.refusesUnread()) {
            faults.add(name.line(), DeclaredCode.DECLARED_REPLY_STRICT, "mapping", name.text());
        }
        return mapping;
    }

    private @Nullable Mapping mapping(Yaml name, String writes) {
        used.add(name.text());
        if (!mappings.names().contains(name.text())) {
            if (mappings.problems(name.text()).isEmpty()) {
                faults.add(
                        name.line(),
                        MappingCode.UNKNOWN_MAPPING,
                        "mapping",
                        name.text(),
                        "nearest",
                        Nearest.to(name.text(), mappings.names()));
            }
            return null;
        }
        Mapping mapping = mappings.get(name.text());
        if (!mapping.writes().equals(writes)) {
            faults.add(
                    name.line(),
                    DeclaredCode.DECLARED_MAPPING_WRITES,
                    "mapping",
                    name.text(),
                    "writes",
                    mapping.writes(),
                    "legal",
                    writes);
        }
        return mapping;
    }

    private int most(@Nullable Yaml at, Verb verb) {
        if (at == null) {
            return 1;
        }
        if (verb != Verb.TRACK || !at.text().matches("[1-9]\\d{0,3}") || Integer.parseInt(at.text()) > MOST_NUMBERS) {
            faults.bad(at, "most", "of track: 1 to " + MOST_NUMBERS);
            return 1;
        }
        return Integer.parseInt(at.text());
    }
}
