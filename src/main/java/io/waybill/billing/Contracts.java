package io.waybill.billing;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** The contracts of a folder, each read anew when it is asked for. Keys nobody knows are refused by name. */
final class Contracts {
    private static final Set<String> OF_CONTRACT = new TreeSet<>(Set.of("numbers", "currency", "terms"));
    private static final Set<String> OF_TERMS =
            new TreeSet<>(Set.of("from", "tolerance", "divisor", "fuel", "guaranteed", "claimDays", "disputeDays"));
    private static final int CLAIM_DAYS = 15;

    private final Path folder;

    Contracts(Path folder) {
        this.folder = folder;
    }

    /** The account's contract, {@link Contract#NONE} without a file. @throws ProblemException naming file and key */
    Contract of(String account) {
        Path file = folder.resolve(account + ".yaml");
        if (!Files.isRegularFile(file)) {
            return Contract.NONE;
        }
        Map<?, ?> said = read(file);
        known(file, said, OF_CONTRACT);
        List<Contract.Terms> terms = new ArrayList<>();
        for (Object one : list(file, said, "terms")) {
            terms.add(terms(file, map(file, "terms", one)));
        }
        Set<String> numbers = new TreeSet<>();
        list(file, said, "numbers").forEach(number -> numbers.add(String.valueOf(number)));
        String currency = text(said, "currency");
        if (currency != null && !Cells.isCurrency(currency)) {
            throw bad(file, "currency", currency, "ISO 4217");
        }
        return new Contract(numbers, currency, terms);
    }

    private static Contract.Terms terms(Path file, Map<?, ?> said) {
        known(file, said, OF_TERMS);
        Map<String, BigDecimal> fuel = new TreeMap<>();
        map(file, "fuel", said.get("fuel")).forEach((week, percent) -> {
            if (!String.valueOf(week).matches("\\d{4}-W\\d{2}")) {
                throw bad(file, "fuel", String.valueOf(week), "2026-W47");
            }
            fuel.put(String.valueOf(week), number(file, "fuel." + week, String.valueOf(percent)));
        });
        Map<String, Integer> guaranteed = new TreeMap<>();
        map(file, "guaranteed", said.get("guaranteed"))
                .forEach((service, days) -> guaranteed.put(
                        String.valueOf(service),
                        number(file, "guaranteed." + service, String.valueOf(days))
                                .intValue()));
        String claim = text(said, "claimDays");
        String dispute = text(said, "disputeDays");
        return new Contract.Terms(
                day(file, said),
                decimal(file, said, "tolerance"),
                decimal(file, said, "divisor"),
                fuel,
                guaranteed,
                claim == null ? CLAIM_DAYS : number(file, "claimDays", claim).intValue(),
                dispute == null ? null : number(file, "disputeDays", dispute).intValue());
    }

    private static LocalDate day(Path file, Map<?, ?> said) {
        String from = text(said, "from");
        try {
            return LocalDate.parse(String.valueOf(from));
        } catch (DateTimeException e) {
            throw bad(file, "from", String.valueOf(from), "2026-01-31");
        }
    }

    private static @Nullable BigDecimal decimal(Path file, Map<?, ?> said, String key) {
        String text = text(said, key);
        return text == null ? null : number(file, key, text);
    }

    private static BigDecimal number(Path file, String key, String text) {
        return Figures.read(text, false)
                .filter(number -> number.signum() >= 0)
                .orElseThrow(() -> bad(file, key, text, "0.02"));
    }

    private static @Nullable String text(Map<?, ?> said, String key) {
        Object value = said.get(key);
        return value == null ? null : String.valueOf(value);
    }

    private static List<?> list(Path file, Map<?, ?> said, String key) {
        Object value = said.get(key);
        if (value != null && !(value instanceof List)) {
            throw bad(file, key, String.valueOf(value), "[ ]");
        }
        return value == null ? List.of() : (List<?>) value;
    }

    private static Map<?, ?> map(Path file, String key, @Nullable Object value) {
        if (value != null && !(value instanceof Map)) {
            throw bad(file, key, String.valueOf(value), "{ }");
        }
        return value == null ? Map.of() : (Map<?, ?>) value;
    }

    private static void known(Path file, Map<?, ?> said, Set<String> keys) {
        for (Object key : said.keySet()) {
            if (!keys.contains(String.valueOf(key))) {
                throw new ProblemException(Problem.of(
                        BillingCode.CONTRACT_UNKNOWN_KEY,
                        "file",
                        file.getFileName(),
                        "key",
                        key,
                        "known",
                        String.join(", ", keys)));
            }
        }
    }

    private static ProblemException bad(Path file, String key, String value, String legal) {
        return new ProblemException(Problem.of(
                BillingCode.CONTRACT_BAD_VALUE,
                "file",
                file.getFileName(),
                "key",
                key,
                "value",
                value,
                "legal",
                legal));
    }

    /** Every scalar is the text it is: a date is read where one is meant. */
    private static Map<?, ?> read(Path file) {
        LoaderOptions options = new LoaderOptions();
        Resolver textOnly = new Resolver() {
            @Override
            protected void addImplicitResolvers() {
                // a number is text until somebody needs a number
            }
        };
        DumperOptions unused = new DumperOptions();
        Yaml yaml = new Yaml(new SafeConstructor(options), new Representer(unused), unused, options, textOnly);
        try (Reader in = Files.newBufferedReader(file)) {
            Object said = yaml.load(in);
            return said == null ? Map.of() : map(file, "", said);
        } catch (YAMLException | IOException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new ProblemException(
                    Problem.of(BillingCode.CONTRACT_UNREADABLE, "file", file.getFileName(), "why", why), e);
        }
    }
}
