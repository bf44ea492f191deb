package io.waybill.settings;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All settings: the file {@code waybill.properties} (UTF-8), over it environment variables ({@code waybill.http.port} →
 * {@code WAYBILL_HTTP_PORT}), over both the values a command was given. Knows the line of every key of the file.
 */
public final class Settings {
    private final String file;
    private final TreeMap<String, String> values = new TreeMap<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, String> environment;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    private Settings(String file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /** @throws ProblemException {@code missing-settings-file} */
    public static Settings read(Path file, Map<String, String> environment, Map<String, String> overrides) {
        try {
            return parse(file.toString(), Files.readString(file), environment, overrides);
        } catch (IOException e) {
            throw new ProblemException(Problem.of(SettingsCode.MISSING_SETTINGS_FILE, "file", file), e);
        }
    }

    /** Settings from a text, for tests and the demo. */
    public static Settings of(String text) {
        return parse("waybill.properties", text, Map.of(), Map.of());
    }

    private static Settings parse(
            String file, String text, Map<String, String> environment, Map<String, String> overrides) {
        Settings settings = new Settings(file, environment);
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        properties.forEach((key, value) -> settings.values.put((String) key, (String) value));
        List<String> rows = text.lines().toList();
        for (int i = 0; i < rows.size(); i++) {
            settings.lines.put(rows.get(i).strip().split("[=:\\s]", 2)[0], i + 1);
        }
        settings.values.putAll(overrides);
        return settings;
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

    /** One problem for each key of the file that nobody has asked for until now. */
    public List<Problem> unread() {
        return values.keySet().stream()
                .filter(key -> !asked.contains(key))
                .map(key -> locate(Problem.of(SettingsCode.UNKNOWN_SETTING, "key", key), key))
                .toList();
    }

    Optional<String> find(String key) {
        asked.add(key);
        String variable = (key.startsWith("waybill.") ? key : "waybill." + key)
                .replace('.', '_')
                .replace('-', '_')
                .toUpperCase(Locale.ROOT);
        return Optional.ofNullable(environment.getOrDefault(variable, values.get(key)));
    }

    TreeMap<String, String> under(String prefix) {
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
