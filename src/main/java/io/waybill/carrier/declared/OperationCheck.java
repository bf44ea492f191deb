package io.waybill.carrier.declared;

import io.waybill.mapping.Faults;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.MappingCode;
import io.waybill.mapping.Nearest;
import io.waybill.mapping.Yaml;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What must hold of an operation as a whole: that what is sent says what it is about, and that all that is written is sent. */
record OperationCheck(Faults faults, Map<String, String> settings) {
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final String HEADERS_NAME = "a header's name: A-Z, 0-9 and -";
    private static final List<String> MANY = List.of("trackingNumbers");
    private static final Set<Verb> SHIPMENTS = EnumSet.of(Verb.CREATE, Verb.CONFIRM);

    void check(Operation operation, Map<String, Yaml> keys) {
        Yaml path = keys.get("path");
        if (path != null) {
            namesItsSubject(operation, path, keys.get("request"));
            path(operation, path);
        }
        Yaml request = keys.get("request");
        if (request != null
                && operation.method().equals("GET")
                && !operation.verb().isChange()) {
            faults.bad(request, "request", "none with GET, which sends no body");
        }
        if (request != null && operation.request() != null) {
            reads(operation, operation.request(), request);
        }
        Yaml most = keys.get("most");
        if (most != null && operation.most() > 1 && !operation.names(MANY) && !mayRead(operation, request, MANY)) {
            String where =
                    request == null ? "{trackingNumbers} stands nowhere" : "its request reads no trackingNumbers";
            faults.bad(most, "most", "1, where " + where);
        }
    }

    /** What is the same for every order would be answered with any of them. A purchase's request is about the shipment. */
    private void namesItsSubject(Operation operation, Yaml path, @Nullable Yaml request) {
        List<String> subject = operation.verb().subject();
        boolean isShipment = request != null && SHIPMENTS.contains(operation.verb());
        if (subject.isEmpty() || isShipment || operation.names(subject) || mayRead(operation, request, subject)) {
            return;
        }
        String words = subject.stream().map(word -> "{" + word + "}").collect(Collectors.joining(" or "));
        if (request == null) {
            faults.bad(path, "path", words + " in it, in the query or in a header");
        } else {
            String reads = "a mapping that reads " + String.join(" or ", subject);
            faults.bad(request, "request", reads + ", or " + words + " in the path, the query or a header");
        }
    }

    /** Whether its request reads one of these words; of one that is none its own fault is told. */
    private static boolean mayRead(Operation operation, @Nullable Yaml request, List<String> words) {
        Mapping mapping = operation.request();
        return mapping == null ? request != null : words.stream().anyMatch(mapping::readsField);
    }

    /** What no call has is missing from each, and found out with the first that costs money. */
    private void reads(Operation operation, Mapping mapping, Yaml request) {
        Verb verb = operation.verb();
        List<String> words = new ArrayList<>(verb.places());
        words.add("account");
        if (verb == Verb.RATES || SHIPMENTS.contains(verb)) {
            words.addAll(ShipmentTree.WORDS);
        }
        known(request, mapping, "", words);
        known(request, mapping, "account", settings.keySet());
        ShipmentTree.BELOW.forEach((word, fields) -> known(request, mapping, word, fields));
        mapping.readsBelow("account").stream()
                .filter(key -> Settings.isSecret(settings.getOrDefault(key, "")))
                .forEach(key -> faults.add(request.line(), DeclaredCode.DECLARED_SECRET_SHOWN, "key", key));
    }

    private void known(Yaml request, Mapping mapping, String above, Collection<String> fields) {
        String before = above.isEmpty() ? "" : above + ".";
        List<String> known = fields.stream().map(before::concat).toList();
        mapping.readsBelow(above).stream()
                .map(before::concat)
                .filter(read -> !known.contains(read))
                .sorted()
                .forEach(read -> faults.add(
                        request.line(),
                        DeclaredCode.DECLARED_PLACE_UNKNOWN,
                        "place",
                        read,
                        "nearest",
                        Nearest.to(read, known)));
    }

    /** No path is made without a value, and a purchase that cannot be sent is found out too late. */
    private void path(Operation operation, Yaml path) {
        for (String word : operation.path().words()) {
            String kind = settings.getOrDefault(word.replaceFirst("^account\\.", ""), "");
            if (word.startsWith("account.") && kind.equals("optional")) {
                faults.bad(
                        path,
                        "path",
                        "a required setting in it; an optional one may stand in the query or in a header");
            }
        }
    }

    /** The names of headers. */
    static void headers(Faults faults, @Nullable Yaml spec, Collection<String> names) {
        int line = spec == null ? 1 : spec.line();
        names.stream()
                .filter(name -> !HEADER.matcher(name).matches())
                .forEach(name -> faults.add(
                        line, MappingCode.BAD_VALUE, "key", "headers", "value", name, "legal", HEADERS_NAME));
    }

    static void header(Faults faults, @Nullable Yaml at) {
        if (at != null && !HEADER.matcher(at.text()).matches()) {
            faults.bad(at, "header", HEADERS_NAME);
        }
    }
}
