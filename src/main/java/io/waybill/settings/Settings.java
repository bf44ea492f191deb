package io.waybill.settings;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All settings: the file {@code waybill.properties} (UTF-8), over it environment variables ({@code waybill.http.port} →
 * {@code WAYBILL_HTTP_PORT}), over both the values a command was given. Knows the line of every key of the file.
 */
public final class Settings {
    /** As people set comments apart: behind blanks, behind a secret's name, or where no value is; "Suite # 4" is a value. */
    private static final Pattern COMMENT_BEHIND = Pattern.compile("^\\s*+[^#!\\s][^=:\\s]*+\\s*+[=:]?+\\s*+"
            + "(?:#(?:\\s|$)|env:\\w+\\s+#|\\S(?:.*\\S)?(?: {2,}|\\s*\\t\\s*)#)");

    private static final String OURS = "WAYBILL_";

    /** What the launcher, the log, the sandbox carrier and the examples for a shell take from the environment. */
    private static final Set<String> NO_SETTINGS = Set.of(
            "WAYBILL_JAVA_OPTS", "WAYBILL_LOG_FORMAT", "WAYBILL_LOG_LEVEL", "WAYBILL_SANDBOX_TOKEN", "WAYBILL_KEY");

    private final String file;
    private final TreeMap<String, String> values = new TreeMap<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, Integer> firstLines = new HashMap<>();
    private final Set<String> repeated = new TreeSet<>();
    private final Map<String, String> environment;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Set<String> referredTo = ConcurrentHashMap.newKeySet();
    private final Set<Problem> warnings = ConcurrentHashMap.newKeySet();
    private final Set<String> onDisk = new HashSet<>();

    private Settings(String file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /**
     * A byte order mark, as Windows editors write one, is no part of the first key.
     *
     * @throws ProblemException {@code missing-settings-file}, {@code settings-not-utf8}, {@code bad-escape}
     */
    public static Settings read(Path file, Map<String, String> environment, Map<String, String> overrides) {
        try {
            String said = Files.readString(file);
            String text = said.startsWith("\uFEFF") ? said.substring(1) : said;
            Settings settings = parse(file.toString(), text, environment, overrides);
            settings.warnOfRepeated();
            settings.warnOf(SettingsCode.LOST_BACKSLASH, text, Backslashes::areLost);
            settings.warnOf(SettingsCode.COMMENT_IN_VALUE, text, COMMENT_BEHIND.asPredicate());
            settings.onDisk.addAll(settings.values.keySet());
            settings.onDisk.removeAll(overrides.keySet());
            return settings;
        } catch (CharacterCodingException e) {
            throw new ProblemException(Problem.of(SettingsCode.SETTINGS_NOT_UTF8, "file", file), e);
        } catch (IOException e) {
            throw new ProblemException(Problem.of(SettingsCode.MISSING_SETTINGS_FILE, "file", file), e);
        }
    }

    /** Settings from a text, for tests and the demo. */
    public static Settings of(String text) {
        return parse("waybill.properties", text, Map.of(), Map.of());
    }

    /** The same with variables for what a text refers to. */
    public static Settings of(String text, Map<String, String> environment) {
        return parse("waybill.properties", text, environment, Map.of());
    }

    private static Settings parse(
            String file, String text, Map<String, String> environment, Map<String, String> overrides) {
        Settings settings = new Settings(file, environment);
        try {
            settings.new Keys().load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.of(SettingsCode.BAD_ESCAPE, "file", file), e);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        List<String> rows = text.lines().toList();
        for (int i = 0; i < rows.size(); i++) {
            String key = keyOf(rows.get(i));
            settings.lines.put(key, i + 1);
            settings.firstLines.putIfAbsent(key, i + 1);
        }
        settings.values.putAll(overrides);
        return settings;
    }

    /** The last one holds, as in any such file; who reads it may see but the first. */
    private void warnOfRepeated() {
        repeated.forEach(key -> warnings.add(locate(
                Problem.of(SettingsCode.REPEATED_SETTING, "key", key, "first", firstLines.getOrDefault(key, 1)), key)));
    }

    private void warnOf(SettingsCode what, String text, Predicate<String> line) {
        text.lines()
                .filter(line)
                .map(Settings::keyOf)
                .filter(values::containsKey)
                .forEach(key -> warnings.add(locate(Problem.of(what, "key", key), key)));
    }

    private static String keyOf(String row) {
        return row.strip().split("[=:\\s]", 2)[0];
    }

    /** Takes the keys as they are read, and notes those it has. */
    private final class Keys extends Properties {
        private static final long serialVersionUID = 1;

        @Override
        public synchronized @Nullable Object put(Object key, Object value) {
            String before = values.put((String) key, (String) value);
            if (before != null) {
                repeated.add((String) key);
            }
            return before;
        }
    }

    /** Everything under {@code prefix.}; the empty prefix is all. */
    public Section section(String prefix) {
        return new Section(this, prefix.isEmpty() ? "" : prefix + ".");
    }

    /** The value of a whole key, as a route's {@code {{key}}} asks for it. */
    public Optional<String> value(String key) {
        return find(key).map(String::strip);
    }

    /** Where the file stands, as problems name it. */
    public String file() {
        return file;
    }

    /** The names of all keys of the file, sorted; no values, which may be secret. */
    public List<String> names() {
        return List.copyOf(values.keySet());
    }

    /** Who would read this key, or those under it, has not come so far: that nobody reads them cannot be said. */
    public void leaveAside(String section) {
        value(section);
        section(section).keys().forEach(key -> value(section + "." + key));
    }

    /** One problem for each key of the file that nobody has asked for until now. */
    public List<Problem> unread() {
        return values.keySet().stream()
                .filter(key -> !asked.contains(key))
                .map(key -> locate(Problem.of(SettingsCode.UNKNOWN_SETTING, "key", key), key))
                .toList();
    }

    /** The keys that somebody has asked for until now, whether the file has them or not. */
    public Set<String> asked() {
        return Set.copyOf(asked);
    }

    /** One problem for each variable of the environment that bears our name and that nobody has asked for until now: it is misspelt, or of an account or source the file does not know. */
    public List<Problem> unreadVariables() {
        Set<String> read = asked.stream().map(Settings::variableOf).collect(Collectors.toSet());
        return environment.keySet().stream()
                .filter(name -> name.startsWith(OURS) && !NO_SETTINGS.contains(name))
                .filter(name -> !read.contains(name) && !referredTo.contains(name))
                .sorted()
                .map(name -> Problem.of(SettingsCode.UNREAD_VARIABLE, "variable", name, "file", file))
                .toList();
    }

    /** What is wrong with secrets that were read, and does not keep the hub from running. */
    public List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    void warn(Problem problem) {
        warnings.add(problem);
    }

    /** Whether the value stands in the settings file itself, and not in the environment. */
    boolean isInFile(String key) {
        return onDisk.contains(key) && environment.get(variableOf(key)) == null;
    }

    @Nullable
    String variable(String name) {
        referredTo.add(name);
        return environment.get(name);
    }

    Optional<String> find(String key) {
        asked.add(key);
        return Optional.ofNullable(environment.getOrDefault(variableOf(key), values.get(key)));
    }

    private static String variableOf(String key) {
        return (key.startsWith("waybill.") ? key : "waybill." + key)
                .replace('.', '_')
                .replace('-', '_')
                .toUpperCase(Locale.ROOT);
    }

    SortedMap<String, String> under(String prefix) {
        TreeMap<String, String> found = new TreeMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }

    Problem locate(Problem problem, String key) {
        Problem here = problem.with("file", file);
        Integer line = lines.get(key);
        return line == null ? here : here.with("line", line);
    }
}
