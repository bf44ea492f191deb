package io.waybill.carrier.declared;

import io.waybill.mapping.Faults;
import io.waybill.mapping.MappingCode;
import io.waybill.mapping.Yaml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code reads}: how answers are to be read, of all operations and, over that, of one. */
final class ReplyReader {
    private static final List<String> KEYS = List.of("format", "inside", "success", "nothing", "error");
    private static final Set<String> UNFOUND = Set.of("400", "404", "410", "422");
    private static final Pattern PATH = Pattern.compile("[@#\\w][\\w-]*(\\.[@#\\w][\\w-]*){0,15}");

    /** Of a list the first is meant, whether that is said or not. */
    private static final Pattern FIRST = Pattern.compile("\\[0](?=\\.|$)");

    private final Faults faults;
    private Map<String, Yaml> general = Map.of();

    ReplyReader(Faults faults) {
        this.faults = faults;
    }

    /** What holds of every operation that says nothing else. */
    void general(@Nullable Yaml spec) {
        general = spec == null ? Map.of() : spec.entries(faults);
        faults.only(general, KEYS, MappingCode.UNKNOWN_KEY);
    }

    /** @param verb whose answers they are; null for what is pushed */
    ReplySpec read(@Nullable Yaml spec, @Nullable Verb verb) {
        Map<String, Yaml> own = spec == null ? Map.of() : spec.entries(faults);
        faults.only(own, KEYS, MappingCode.UNKNOWN_KEY);
        Yaml nothing = own.get("nothing");
        if (nothing != null && verb != Verb.FIND) {
            faults.bad(nothing, "nothing", "of find only");
        }
        Map<String, Yaml> keys = new HashMap<>(general);
        keys.putAll(own);
        Yaml inside = keys.get("inside");
        List<List<String>> paths = new ArrayList<>();
        if (inside != null) {
            inside.items().forEach(item -> paths.add(path(item)));
        }
        return new ReplySpec(
                format(keys.get("format"), verb),
                paths,
                check(keys.get("success")),
                nothing(nothing),
                error(keys.get("error")));
    }

    private ReplySpec.Form format(@Nullable Yaml at, @Nullable Verb verb) {
        List<String> legal = verb == Verb.LABEL ? List.of("json", "xml", "file") : List.of("json", "xml");
        return switch (faults.word(at, "format", legal)) {
            case "xml" -> ReplySpec.Form.XML;
            case "file" -> ReplySpec.Form.FILE;
            default -> ReplySpec.Form.JSON;
        };
    }

    /** A test like that of success, or of the HTTP status: {@code { status: 404 }}. */
    private @Nullable Check nothing(@Nullable Yaml spec) {
        Yaml status = spec == null ? null : spec.entries(faults).get("status");
        if (spec == null || status == null) {
            return check(spec);
        }
        if (spec.entries(faults).size() > 1 || !status.texts().stream().allMatch(UNFOUND::contains)) {
            faults.bad(spec, "nothing", "{ status: 404 }");
        }
        return new Check(List.of(), new LinkedHashSet<>(status.texts()), true);
    }

    private @Nullable Check check(@Nullable Yaml spec) {
        if (spec == null) {
            return null;
        }
        Map<String, Yaml> keys = spec.entries(faults);
        faults.only(keys, List.of("path", "equals", "in", "exists"), MappingCode.UNKNOWN_KEY);
        Yaml path = keys.get("path");
        if (path == null || keys.size() != 2) {
            faults.bad(spec, "success", "{ path: a.b, equals: x } | { path:, in: [x, y] } | { path:, exists: true }");
            return null;
        }
        Yaml exists = keys.get("exists");
        if (exists != null) {
            boolean there =
                    faults.word(exists, "exists", List.of("true", "false")).equals("true");
            return new Check(path(path), null, there);
        }
        Yaml in = keys.get("in");
        if (in != null) {
            if (in.items().isEmpty() || !in.items().stream().allMatch(Yaml::isText)) {
                faults.bad(in, "in", "one or more texts");
            }
            return new Check(path(path), new LinkedHashSet<>(in.texts()), true);
        }
        Yaml equal = keys.get("equals");
        return new Check(path(path), equal == null ? Set.of() : Set.of(faults.text(equal, "equals")), true);
    }

    private ReplySpec.ErrorPaths error(@Nullable Yaml spec) {
        Map<String, Yaml> keys = spec == null ? Map.of() : spec.entries(faults);
        faults.only(keys, List.of("code", "message", "field", "otherwise"), MappingCode.UNKNOWN_KEY);
        return new ReplySpec.ErrorPaths(
                optional(keys.get("code")),
                optional(keys.get("message")),
                optional(keys.get("field")),
                faults.word(keys.get("otherwise"), "otherwise", List.of("unknown", "refused")));
    }

    private List<String> optional(@Nullable Yaml at) {
        return at == null ? List.of() : path(at);
    }

    private List<String> path(Yaml at) {
        String path = FIRST.matcher(at.text()).replaceAll("");
        if (!PATH.matcher(path).matches()) {
            faults.add(at.line(), MappingCode.BAD_PATH, "path", at.text());
            return List.of("-");
        }
        return List.of(path.split("\\."));
    }
}
