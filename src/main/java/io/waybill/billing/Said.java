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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** One mapping of a contract's file. What is said under a key is read as what is meant by it; what cannot be is told with file and key. */
record Said(Path file, Map<?, ?> keys) {

    /** @throws ProblemException {@code contract-unreadable} */
    static Said read(Path file) {
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
            return said == null ? new Said(file, Map.of()) : new Said(file, Map.of()).within("", said);
        } catch (YAMLException | IOException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new ProblemException(
                    Problem.of(BillingCode.CONTRACT_UNREADABLE, "file", file.getFileName(), "why", why), e);
        }
    }

    /** @throws ProblemException {@code contract-unknown-key} for a key that is none of these */
    Said only(Set<String> known) {
        for (Object key : keys.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                throw new ProblemException(Problem.of(
                        BillingCode.CONTRACT_UNKNOWN_KEY,
                        "file",
                        file.getFileName(),
                        "key",
                        key,
                        "known",
                        String.join(", ", known)));
            }
        }
        return this;
    }

    @Nullable
    String text(String key) {
        Object value = keys.get(key);
        return value == null ? null : String.valueOf(value);
    }

    @Nullable
    BigDecimal decimal(String key) {
        String text = text(key);
        return text == null ? null : number(key, text);
    }

    BigDecimal neededDecimal(String key) {
        return number(key, String.valueOf(text(key)));
    }

    @Nullable
    Integer days(String key) {
        BigDecimal number = decimal(key);
        return number == null ? null : number.intValue();
    }

    LocalDate day(String key) {
        return day(key, String.valueOf(text(key)));
    }

    Set<LocalDate> daysOf(String key) {
        return list(key).stream().map(day -> day(key, String.valueOf(day))).collect(Collectors.toSet());
    }

    private LocalDate day(String key, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw bad(key, text, "2026-01-31");
        }
    }

    List<?> list(String key) {
        Object value = keys.get(key);
        if (value != null && !(value instanceof List)) {
            throw bad(key, String.valueOf(value), "[ ]");
        }
        return value == null ? List.of() : (List<?>) value;
    }

    List<Said> each(String key) {
        return list(key).stream().map(one -> within(key, one)).toList();
    }

    /** Text by text. */
    Map<String, String> texts(String key) {
        Map<String, String> texts = new TreeMap<>();
        map(key).forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        return texts;
    }

    /** Numbers by text. */
    Map<String, BigDecimal> numbers(String key) {
        Map<String, BigDecimal> numbers = new TreeMap<>();
        texts(key).forEach((name, value) -> numbers.put(name, number(key + "." + name, value)));
        return numbers;
    }

    private Map<?, ?> map(String key) {
        Object value = keys.get(key);
        return value == null ? Map.of() : within(key, value).keys();
    }

    private Said within(String key, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw bad(key, String.valueOf(value), "{ }");
        }
        return new Said(file, map);
    }

    private BigDecimal number(String key, String text) {
        return Figures.read(text, ',').filter(number -> number.signum() >= 0).orElseThrow(() -> bad(key, text, "0.02"));
    }

    ProblemException bad(String key, String value, String legal) {
        return new ProblemException(Problem.of(
                BillingCode.CONTRACT_BAD_VALUE,
                "file",
                String.valueOf(file.getFileName()),
                "key",
                key,
                "value",
                value,
                "legal",
                legal));
    }
}
