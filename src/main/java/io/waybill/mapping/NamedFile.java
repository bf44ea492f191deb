package io.waybill.mapping;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A file a mapping names: it lies in one folder itself, under a plain name. */
final class NamedFile {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][\\w.-]{0,80}");

    private NamedFile() {}

    /** The file, or null after a fault: there is no path out of the folder. */
    static @Nullable Path in(Path folder, Yaml name, Faults faults) {
        Path path = isPlain(name) ? folder.resolve(name.text()) : null;
        if (path == null || !Files.isRegularFile(path)) {
            missing(name, faults);
            return null;
        }
        return path;
    }

    /** Whether it could be one, there or not; else there is a fault. */
    static boolean isPlain(Yaml name, Faults faults) {
        if (!isPlain(name)) {
            missing(name, faults);
        }
        return isPlain(name);
    }

    private static boolean isPlain(Yaml name) {
        return PLAIN.matcher(name.text()).matches();
    }

    private static void missing(Yaml name, Faults faults) {
        faults.add(name.line(), MappingCode.MISSING_FILE, "path", name.text());
    }
}
