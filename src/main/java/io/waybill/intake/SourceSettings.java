package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.measure.Country;
import io.waybill.order.Address;
import io.waybill.order.Addresses;
import io.waybill.order.Order.LabelSpec;
import io.waybill.order.OrderCode;
import io.waybill.order.ServiceWords;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import io.waybill.text.Shortened;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a source fills in for its orders, from {@code source.<name>.*} and, where it says nothing, {@code defaults.*}.
 *
 * @param others namespaces that its documents may name beside its own; empty for any
 * @param mapping the mapping its documents take, or null when they are canonical already
 * @param rate most calls that bring orders in a second; 0 for any number
 * @param backlog most shipments that are not bought yet, before its calls are turned away; 0 for any number
 * @param acknowledge whether its system is told of what became of its files in the words of their format
 * @param acknowledgeTo an existing folder where that is laid too, for its system or a route that sends it; implies {@code acknowledge}
 * @param node the only node that fetches for it, {@link #EACH}, or null for one at a time, whichever is there
 * @param returnTo an existing folder where receipts and quarantine files are laid too, for its system or a route that sends them
 * @param contact whom to ask where its channel takes no orders, or null
 * @param onChange {@code replace | conflict}: what happens when an order that is not bought yet comes with other content
 */
public record SourceSettings(
        String name,
        String namespace,
        Set<String> others,
        @Nullable String mapping,
        @Nullable String service,
        @Nullable String release,
        LabelSpec label,
        @Nullable Address shipFrom,
        int rate,
        int backlog,
        String onChange,
        boolean acknowledge,
        @Nullable Path acknowledgeTo,
        @Nullable String node,
        @Nullable Path returnTo,
        @Nullable String contact,
        Locale language) {
    /** In place of a node's name: what each finds is its own, such as a folder on its own disk. */
    public static final String EACH = "each";

    private static final String BOUND = "namespaces";

    private static final String NAMESPACE = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    private static final String NAME = "letters, digits, dot, dash and underscore, at most 64";

    /** @throws ProblemException {@code bad-setting}, and what is wrong with the address of {@code shipFrom} */
    static SourceSettings read(String name, Section all) {
        Section source = all.section("source").section(name);
        Section defaults = all.section("defaults");
        return new SourceSettings(
                name,
                fitting(source, defaults, "namespace", NAMESPACE, NAME).orElse("default"),
                others(source),
                source.optional("mapping").orElse(null),
                fitting(source, defaults, "service", ServiceWords.PATTERN, ServiceWords.LEGAL)
                        .orElse(null),
                oneOf(source, defaults, "release", "now", "packed", "shipDate", "hold")
                        .orElse(null),
                new LabelSpec(
                        oneOf(source, defaults, "label.format", "PDF", "PNG", "ZPL", "EPL2")
                                .orElse("PDF"),
                        oneOf(source, defaults, "label.size", "4x6", "4x8", "A4", "A5", "A6", "letter")
                                .orElse("4x6"),
                        dotsPerInch(source.optional("label.dpi").isPresent() ? source : defaults)),
                sender(source, defaults),
                limit(source, defaults, "rate"),
                limit(source, defaults, "backlog"),
                oneOf(source, defaults, "onChange", "replace", "conflict").orElse("replace"),
                oneOf(source, defaults, "acknowledge", "true", "false")
                        .orElse(source.optional("acknowledgeTo").isPresent() ? "true" : "false")
                        .equals("true"),
                source.optional("acknowledgeTo").map(Path::of).orElse(null),
                source.optional("node").orElse(null),
                source.optional("returnTo").map(Path::of).orElse(null),
                given(source, defaults, "contact").orElse(null),
                Locale.forLanguageTag(
                        oneOf(source, defaults, "language", "en", "zh").orElse("en")));
    }

    /** Whether a document of it may be for a namespace. */
    public boolean bringsFor(String said) {
        return others.isEmpty() || said.equals(namespace) || others.contains(said);
    }

    /** The namespace of a document: its own, else the source's. */
    String namespaceOf(JsonNode canonical) {
        String own = canonical.path("namespace").asText("");
        return own.isBlank() ? namespace : own;
    }

    /** @throws ProblemException {@code namespace-not-of-source} for a document it may not bring */
    void requireBrings(JsonNode canonical) {
        String said = namespaceOf(canonical);
        if (!bringsFor(said)) {
            Set<String> allowed = new TreeSet<>(others);
            allowed.add(namespace);
            throw new ProblemException(Problem.of(
                            IntakeCode.NAMESPACE_NOT_OF_SOURCE,
                            "name",
                            name,
                            "namespace",
                            Shortened.openly(80, said.replaceAll("\\p{Cntrl}", "\uFFFD")),
                            "allowed",
                            String.join(", ", allowed))
                    .at("/namespace"));
        }
    }

    /** Of an order that says no sender, where this says none either. */
    Problem noSender() {
        return Problem.of(OrderCode.NO_SENDER, "name", name).at("/shipFrom");
    }

    private static Set<String> others(Section source) {
        List<String> others =
                source.list(BOUND, each -> each.matches(NAMESPACE), "namespaces, with commas between them: " + NAME);
        if (others.isEmpty() && source.isSaid(BOUND)) { // whoever lists none wants no others, and would get all
            throw source.bad(BOUND, "", "its own where it may bring no other's: " + NAME);
        }
        return Set.copyOf(others);
    }

    /** Beginnings of the fields it fills where an order says nothing. */
    public Set<String> fills() {
        Set<String> fills = new TreeSet<>(Set.of("namespace", "release", "label"));
        if (service != null) {
            fills.add("service");
        }
        if (shipFrom != null) {
            fills.add("shipFrom");
        }
        return fills;
    }

    private static int limit(Section source, Section defaults, String key) {
        Section from = source.optional(key).isPresent() ? source : defaults;
        int limit = from.number(key, 0);
        if (limit < 0) {
            throw from.bad(key, String.valueOf(limit), "a whole number, or 0 for no limit");
        }
        return limit;
    }

    private static int dotsPerInch(Section from) {
        int dpi = from.number("label.dpi", 203);
        if (dpi < 72 || dpi > 1200) {
            throw from.bad("label.dpi", String.valueOf(dpi), "72 to 1200");
        }
        return dpi;
    }

    private static @Nullable Address sender(Section source, Section defaults) {
        Section from = source.optional("shipFrom.line1").isPresent() ? source : defaults;
        if (from.optional("shipFrom.line1").isEmpty()) {
            return null;
        }
        Address address = new Address(
                part(from, "name"),
                part(from, "company"),
                from.required("shipFrom.line1"),
                part(from, "line2"),
                part(from, "line3"),
                part(from, "city"),
                part(from, "state"),
                part(from, "postalCode"),
                country(from),
                part(from, "phone"),
                part(from, "email"),
                null,
                part(from, "taxId"));
        List<Problem> problems = Addresses.check(address, "shipFrom").stream()
                .filter(problem -> !from.isWrong(key(problem)))
                .map(problem -> from.locate(
                        from.about(problem, key(problem)), from.isSaid(key(problem)) ? key(problem) : "shipFrom.line1"))
                .toList();
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return address;
    }

    /** Of what is wrong with an address, by where it is wrong. */
    private static String key(Problem problem) {
        return String.valueOf(problem.pointer()).replace('/', '.');
    }

    private static String country(Section from) {
        String country = from.required("shipFrom.country");
        if (!from.isWrong("shipFrom.country")
                && Country.read(country)
                        .filter(known -> known.alpha2().equals(country))
                        .isEmpty()) {
            throw from.bad("shipFrom.country", country, "ISO 3166-1 alpha-2, such as US, DE, CN");
        }
        return country;
    }

    private static @Nullable String part(Section from, String name) {
        return from.optional("shipFrom." + name).orElse(null);
    }

    private static Optional<String> given(Section source, Section defaults, String key) {
        return source.optional(key).or(() -> defaults.optional(key));
    }

    private static Optional<String> oneOf(Section source, Section defaults, String key, String... words) {
        return fitting(source, defaults, key, String.join("|", words), String.join(", ", words));
    }

    private static Optional<String> fitting(
            Section source, Section defaults, String key, String pattern, String expected) {
        Optional<String> value = given(source, defaults, key);
        value.filter(text -> !text.matches(pattern)).ifPresent(text -> {
            throw (source.optional(key).isPresent() ? source : defaults).bad(key, text, expected);
        });
        return value;
    }
}
