package io.waybill.settings;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The settings under one prefix, with the prefix removed. Every key that is read is remembered, so that {@link #close}
 * can refuse the ones nobody reads.
 */
public final class Section {
    private final Settings settings;
    private final String prefix;
    private final Consumer<String> alsoRead;

    /** The whole keys of settings that were found wrong before: they are read as if they did not stand there. */
    private final Set<String> wrong;

    private final Set<String> read = new TreeSet<>();

    Section(Settings settings, String prefix) {
        this(settings, prefix, key -> {}, Set.of());
    }

    private Section(Settings settings, String prefix, Consumer<String> alsoRead, Set<String> wrong) {
        this.settings = settings;
        this.prefix = prefix;
        this.alsoRead = alsoRead;
        this.wrong = wrong;
    }

    /** The keys present, prefix removed, sorted. */
    public Set<String> keys() {
        return new TreeSet<>(values().keySet());
    }

    /** The names one level down: {@code account.ups.mode, account.dhl.mode} → dhl, ups. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        keys().forEach(key -> names.add(key.contains(".") ? key.substring(0, key.indexOf('.')) : key));
        return names;
    }

    public Section section(String name) {
        return new Section(settings, prefix + name + ".", key -> noteRead(name + "." + key), wrong);
    }

    /**
     * Reads it again without each setting that is wrong, so that one does not hide the next. What is then found of
     * anything but another setting may come of what is left out, and is not told.
     *
     * @throws ProblemException with all that was found
     */
    public <T> T whole(Function<Section, T> reader) {
        List<Problem> found = new ArrayList<>();
        Set<String> without = new TreeSet<>(wrong);
        int before = -1;
        while (without.size() > before) {
            before = without.size();
            try {
                T whole = reader.apply(new Section(settings, prefix, this::noteRead, without));
                if (found.isEmpty()) {
                    return whole;
                }
            } catch (ProblemException e) {
                boolean isFirst = found.isEmpty();
                for (Problem problem : e.problems()) {
                    String key = problem.values().getOrDefault("key", "");
                    boolean isOfOne = !key.isEmpty() && key.startsWith(prefix);
                    if (isOfOne ? without.add(key) : isFirst) {
                        found.add(problem);
                    }
                }
            }
        }
        throw new ProblemException(found);
    }

    /** Another section of the same settings, by its whole prefix: {@code waybill}. */
    public Section elsewhere(String whole) {
        return settings.section(whole);
    }

    /** The value, or empty when the key is absent or blank. */
    public Optional<String> optional(String key) {
        noteRead(key);
        return find(key).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Whether it stands there, be it without a value. */
    public boolean isSaid(String key) {
        return find(key).isPresent();
    }

    /** Whether {@link #whole} reads on without it: nothing more is to be said of it, or of what is missing with it. */
    public boolean isWrong(String key) {
        return wrong.contains(prefix + key);
    }

    private Optional<String> find(String key) {
        Optional<String> said = settings.find(prefix + key);
        return isWrong(key) ? Optional.empty() : said;
    }

    public String get(String key, String fallback) {
        return optional(key).orElse(fallback);
    }

    /**
     * One that was found wrong or missing before is taken for an empty text, so that the next can be read.
     *
     * @throws ProblemException {@code missing-setting} naming the whole key
     */
    public String required(String key) {
        return optional(key)
                .or(() -> isWrong(key) ? Optional.of("") : Optional.empty())
                .orElseThrow(() -> new ProblemException(
                        locate(Problem.of(SettingsCode.MISSING_SETTING, "key", prefix + key), key)));
    }

    /**
     * A secret: {@code env:NAME}, {@code file:PATH}, or itself where the setting comes from the environment. One that
     * stands in the settings file is refused.
     *
     * @throws ProblemException {@code secret-in-file}, {@code secret-missing}, {@code secret-file-writable}; none shows it
     */
    public Optional<String> secret(String key) {
        return resolved(key, inFile -> {
            throw new ProblemException(inFile);
        });
    }

    /** The same for the password of a database: one that stands in the settings file is warned of. */
    public Optional<String> password(String key) {
        return resolved(key, settings::warn);
    }

    private Optional<String> resolved(String key, Consumer<Problem> inFile) {
        return optional(key).map(said -> {
            Reference reference = new Reference(settings, prefix + key, said);
            if (reference.isPlain() && settings.isInFile(prefix + key)) {
                inFile.accept(locate(Problem.of(SettingsCode.SECRET_IN_FILE, "key", prefix + key), key));
            }
            return reference.resolve();
        });
    }

    /** A comma-separated list, blanks dropped. */
    public List<String> list(String key) {
        return Arrays.stream(get(key, "").split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /**
     * The same, of legal words.
     *
     * @throws ProblemException {@code bad-setting} with each that is none
     */
    public List<String> list(String key, Predicate<String> legal, String expected) {
        List<String> said = list(key);
        String others = said.stream().filter(legal.negate()).collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            throw bad(key, others, expected);
        }
        return said;
    }

    public int number(String key, int fallback) {
        return read(key, "a whole number", Integer::valueOf).orElse(fallback);
    }

    /** The same within bounds, both legal. */
    public int number(String key, int fallback, int least, int most) {
        int value = number(key, fallback);
        if (value < least || value > most) {
            throw bad(key, String.valueOf(value), "a whole number from " + least + " to " + most);
        }
        return value;
    }

    public BigDecimal decimal(String key, String fallback) {
        return read(key, "a decimal number", BigDecimal::new).orElseGet(() -> new BigDecimal(fallback));
    }

    /** The same within bounds, both legal. */
    public BigDecimal decimal(String key, String fallback, int least, int most) {
        BigDecimal value = decimal(key, fallback);
        if (value.compareTo(BigDecimal.valueOf(least)) < 0 || value.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw bad(key, value.toPlainString(), "a number from " + least + " to " + most);
        }
        return value;
    }

    public boolean flag(String key, boolean fallback) {
        return read(key, "true or false", Section::bool).orElse(fallback);
    }

    /** {@code 500ms}, {@code 20s}, {@code 5m}, {@code 2h}, {@code 30d}; of a hundred years at most. */
    public Duration duration(String key, Duration fallback) {
        return read(key, "a duration such as 500ms, 20s, 5m, 2h or 30d, at most 36500d", Durations::parse)
                .orElse(fallback);
    }

    /** The same, of {@code least} or more. */
    public Duration duration(String key, Duration fallback, Duration least) {
        Duration value = duration(key, fallback);
        if (value.compareTo(least) < 0) {
            throw bad(key, get(key, Durations.inWords(fallback)), Durations.inWords(least) + " or more");
        }
        return value;
    }

    /** Comma-separated durations. */
    public List<Duration> durations(String key, List<Duration> fallback) {
        return read(
                        key,
                        "durations such as 15m,24h, each at most 36500d",
                        text -> Arrays.stream(text.split(","))
                                .map(part -> Durations.parse(part.strip()))
                                .toList())
                .orElse(fallback);
    }

    /** Keys that are known here, and are for somebody else to read: until then nobody has. */
    public void leave(Collection<String> keys) {
        read.addAll(keys);
    }

    /** Refuses every key under this prefix that was never read. */
    public void close() {
        List<Problem> unknown = unread();
        if (!unknown.isEmpty()) {
            throw new ProblemException(unknown);
        }
    }

    /** One problem for each key that was never read. */
    public List<Problem> unread() {
        return keys().stream()
                .filter(key -> !read.contains(key))
                .map(key -> locate(
                        Problem.of(SettingsCode.UNKNOWN_SETTING, "key", prefix + key, "known", String.join(", ", read)),
                        key))
                .toList();
    }

    /** Adds file and line of the key to a problem. */
    public Problem locate(Problem problem, String key) {
        return settings.locate(problem, prefix + key);
    }

    /** The same, and the whole key: {@link #whole} reads on without it. */
    public Problem about(Problem problem, String key) {
        return locate(problem.with("key", prefix + key), key);
    }

    /** A problem about the value of one key; what lets somebody in, such as a password in an address, is not told. */
    public ProblemException bad(String key, String value, String expected) {
        return new ProblemException(locate(
                Problem.of(
                        SettingsCode.BAD_SETTING, "key", prefix + key, "value", Veiled.told(value), "legal", expected),
                key));
    }

    private <T> Optional<T> read(String key, String expected, Function<String, T> parse) {
        return optional(key).map(value -> {
            try {
                return parse.apply(value);
            } catch (IllegalArgumentException e) {
                throw bad(key, value, expected);
            }
        });
    }

    private void noteRead(String key) {
        read.add(key);
        alsoRead.accept(key);
    }

    private SortedMap<String, String> values() {
        SortedMap<String, String> values = new TreeMap<>(settings.under(prefix));
        values.keySet().removeIf(this::isWrong);
        return values;
    }

    private static Boolean bool(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return Boolean.valueOf(text);
    }
}
