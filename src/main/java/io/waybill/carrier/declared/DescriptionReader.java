package io.waybill.carrier.declared;

import io.waybill.carrier.CarrierFacts;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.mapping.Faults;
import io.waybill.mapping.MappingCode;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.Nearest;
import io.waybill.mapping.Yaml;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one {@code carrier.yaml}, or refuses it with everything that is wrong. */
final class DescriptionReader {
    private static final List<String> KEYS = List.of(
            "carrier",
            "name",
            "api",
            "hosts",
            "settings",
            "auth",
            "class",
            "units",
            "parcels",
            "letters",
            "labels",
            "bill",
            "lacks",
            "reads",
            "operations",
            "webhook");
    private static final List<String> FORMATS = List.of("PDF", "PNG", "ZPL", "EPL2");
    private static final Pattern KEY = Pattern.compile("[a-z][A-Za-z0-9]{0,40}");

    private final Faults faults;
    private final String carrier;
    private final String text;
    private final Mappings mappings;
    private final TablesReader tables;

    DescriptionReader(String carrier, String text, Mappings mappings, TablesReader tables) {
        this.faults = new Faults(carrier + "/carrier.yaml");
        this.carrier = carrier;
        this.text = text;
        this.mappings = mappings;
        this.tables = tables;
    }

    /** @throws ProblemException with every fault of the file and of the tables beside it */
    Description read() {
        Map<String, Yaml> keys = Yaml.read(faults.file(), text).entries(faults);
        faults.only(keys, KEYS, MappingCode.UNKNOWN_KEY);
        Yaml called = keys.get("carrier");
        if (!faults.required(keys, "carrier", carrier).equals(carrier) && called != null) {
            faults.bad(called, "carrier", carrier);
        }
        HostsReader hosts = new HostsReader(faults, entries(keys, "hosts", HostsReader.KEYS));
        Map<String, String> settings = settings(keys.get("settings"));
        AuthSpec auth = new AuthReader(faults, settings).read(keys.get("auth"));
        ReplyReader replies = new ReplyReader(faults);
        replies.general(keys.get("reads"));
        OperationReader reader = new OperationReader(faults, settings, mappings, replies);
        Map<Verb, Operation> operations = operations(keys.get("operations"), reader);
        Optional<HookSpec> hook = new HookReader(faults, settings, reader, replies).read(keys.get("webhook"));
        Tables codes = tables.read();
        IdempotencyClass idempotency = idempotency(keys.get("class"), operations, codes);
        checkUsed(reader.used());
        Description description = new Description(
                carrier,
                faults.required(keys, "name", carrier),
                faults.required(keys, "api", ""),
                hosts.base("test"),
                hosts.base("production"),
                hosts.files(),
                settings,
                auth,
                idempotency,
                Units.of(units(keys.get("units"))),
                parcels(keys.get("parcels")),
                faults.word(keys.get("letters"), "letters", List.of("latin", "any"))
                        .equals("latin"),
                labels(keys.get("labels")),
                bill(keys.get("bill"), operations),
                keys.containsKey("lacks") ? keys.get("lacks").texts() : List.of(),
                operations,
                hook,
                codes,
                mappings);
        List<Problem> all = new ArrayList<>(tables.problems());
        all.addAll(0, faults.problems().stream().distinct().toList()); // what holds of every operation is read for each
        if (!all.isEmpty()) {
            throw new ProblemException(all);
        }
        return description;
    }

    private Map<String, Yaml> entries(Map<String, Yaml> keys, String key, List<String> known) {
        Yaml at = keys.get(key);
        if (at == null) {
            faults.add(1, MappingCode.MISSING_KEY, "key", key);
            return Map.of();
        }
        Map<String, Yaml> entries = at.entries(faults);
        faults.only(entries, known, MappingCode.UNKNOWN_KEY);
        return entries;
    }

    private Map<String, String> settings(@Nullable Yaml spec) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (spec != null) {
            spec.entries(faults).forEach((key, kind) -> {
                if (!KEY.matcher(key).matches()) {
                    faults.bad(kind, key, "a setting's key: letters and digits, a small one first");
                }
                settings.put(key, faults.word(kind, key, Settings.KINDS));
            });
        }
        return settings;
    }

    private Map<Verb, Operation> operations(@Nullable Yaml spec, OperationReader reader) {
        Map<Verb, Operation> operations = new EnumMap<>(Verb.class);
        if (spec == null) {
            faults.add(1, MappingCode.MISSING_KEY, "key", "operations");
            return operations;
        }
        Map<String, Yaml> entries = spec.entries(faults);
        faults.only(entries, Verb.words(), MappingCode.UNKNOWN_KEY);
        entries.forEach((word, at) -> Verb.of(word).ifPresent(verb -> operations.put(verb, reader.read(verb, at))));
        Operation create = operations.get(Verb.CREATE);
        if (create == null) {
            faults.add(spec.line(), MappingCode.MISSING_KEY, "key", "create");
        } else if (!operations.containsKey(Verb.CONFIRM) && !create.method().equals("POST")) {
            Yaml at = entries.get("create");
            faults.add(
                    at == null ? 1 : at.line(),
                    MappingCode.BAD_VALUE,
                    "key",
                    "method",
                    "value",
                    create.method(),
                    "legal",
                    "POST: the call that costs money");
        }
        return operations;
    }

    /** A class is a promise about money: it is only believed with what it rests on. */
    private IdempotencyClass idempotency(@Nullable Yaml at, Map<Verb, Operation> operations, Tables codes) {
        String word = at == null ? "C" : faults.word(at, "class", List.of("A", "B", "C"));
        if (at == null) {
            faults.add(1, MappingCode.MISSING_KEY, "key", "class");
        }
        boolean look = operations.containsKey(Verb.FIND);
        boolean duplicates =
                codes.errors().values().stream().anyMatch(row -> row.kind().equals("duplicate"));
        if (at != null && word.equals("A") && !(look && (duplicates || isKeyed(operations)))) {
            unearned(at, word, "find, and a duplicate in errors.csv or {purchaseKey} in a header of the purchase");
        }
        if (at != null && word.equals("B") && !look) {
            unearned(at, word, "find");
        }
        return List.of("A", "B", "C").contains(word) ? IdempotencyClass.valueOf(word) : IdempotencyClass.C;
    }

    private void unearned(Yaml at, String word, String needs) {
        faults.add(at.line(), DeclaredCode.DECLARED_CLASS_UNEARNED, "class", word, "needs", needs);
    }

    private static boolean isKeyed(Map<Verb, Operation> operations) {
        Operation purchase = operations.getOrDefault(Verb.CONFIRM, operations.get(Verb.CREATE));
        return purchase != null
                && purchase.headers().values().stream()
                        .anyMatch(header -> header.words().contains("purchaseKey"));
    }

    private void checkUsed(Set<String> used) {
        for (String name : mappings.names()) {
            if (!used.contains(name)) {
                faults.add(1, DeclaredCode.DECLARED_MAPPING_UNUSED, "mapping", name, "nearest", Nearest.to(name, used));
            }
        }
    }

    private String units(@Nullable Yaml at) {
        if (at == null) {
            faults.add(1, MappingCode.MISSING_KEY, "key", "units");
            return Units.WORDS.get(0);
        }
        String word = faults.word(at, "units", Units.WORDS);
        return Units.WORDS.contains(word) ? word : Units.WORDS.get(0);
    }

    private int parcels(@Nullable Yaml at) {
        if (at == null) {
            return 1;
        }
        if (!at.text().matches("[1-9]\\d{0,2}")) {
            faults.bad(at, "parcels", "1 to 999: how many a shipment may have");
            return 1;
        }
        return Integer.parseInt(at.text());
    }

    private List<String> labels(@Nullable Yaml at) {
        if (at == null) {
            faults.add(1, MappingCode.MISSING_KEY, "key", "labels");
            return FORMATS;
        }
        if (at.items().isEmpty()) {
            faults.bad(at, "labels", "one or more of " + String.join(" | ", FORMATS));
        }
        at.items().forEach(one -> faults.word(one, "labels", FORMATS));
        return at.texts();
    }

    /** A bill is pulled by the day, or else shipment by shipment. */
    private CarrierFacts.Bill bill(@Nullable Yaml at, Map<Verb, Operation> operations) {
        String word = at == null ? "none" : faults.word(at, "bill", List.of("file", "pull", "none"));
        boolean canBeAsked = operations.containsKey(Verb.BILLED) || operations.containsKey(Verb.FEES);
        if (at != null && word.equals("pull") && !canBeAsked) {
            faults.bad(at, "bill", "pull only where billed or fees is among the operations");
        }
        if (operations.containsKey(Verb.BILLED) && !word.equals("pull")) {
            faults.add(
                    at == null ? operations.get(Verb.BILLED).line() : at.line(),
                    MappingCode.BAD_VALUE,
                    "key",
                    "bill",
                    "value",
                    word,
                    "legal",
                    "pull, where billed is among the operations");
        }
        return switch (word) {
            case "pull" -> CarrierFacts.Bill.PULL;
            case "file" -> CarrierFacts.Bill.FILE;
            default -> CarrierFacts.Bill.NONE;
        };
    }
}
