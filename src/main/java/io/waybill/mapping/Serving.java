package io.waybill.mapping;

import io.waybill.mapping.Versions.Version;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which version of a mapping serves: the file's, or the one that served last where the file's may not. */
final class Serving {
    private final Versions versions;
    private final Function<Version, Mapping> compile;
    private final List<Problem> problems = new ArrayList<>();

    /** @param compile of a kept text; throws {@link ProblemException} */
    Serving(Versions versions, Function<Version, Mapping> compile) {
        this.versions = versions;
        this.compile = compile;
    }

    /** What keeps files from serving, and what serves instead. */
    List<Problem> problems() {
        return problems;
    }

    /** The file's mapping, unless its number already means another text; then the one that served last, or null. */
    @Nullable
    Mapping of(Mapping mapping) {
        Optional<Version> known = versions.find(mapping.name(), mapping.version());
        if (known.isPresent() && !known.get().sha256().equals(mapping.sha256())) {
            problems.add(reused(mapping, known.get()));
            return instead(mapping.name());
        }
        return mapping;
    }

    /** The version that served last, for a file that cannot serve; null when there is none that still compiles. */
    @Nullable
    Mapping instead(String name) {
        Optional<Version> last = versions.last(name);
        if (last.isEmpty()) {
            return null;
        }
        Version version = last.get();
        String file = name + "/mapping.yaml";
        try {
            Mapping mapping = compile.apply(version);
            problems.add(at(file, 1, MappingCode.KEPT_VERSION_SERVES)
                    .with("mapping", name)
                    .with("version", version.version())
                    .with("kept", brief(version.sha256())));
            return mapping;
        } catch (ProblemException e) {
            problems.add(at(file, 1, MappingCode.KEPT_VERSION_BROKEN)
                    .with("mapping", name)
                    .with("version", version.version())
                    .with("why", e.problems().get(0).toString()));
            return null;
        }
    }

    /** Its number means another text. */
    static Problem reused(Mapping mapping, Version known) {
        return at(mapping.file(), mapping.versionLine(), MappingCode.VERSION_REUSED)
                .with("mapping", mapping.name())
                .with("version", mapping.version())
                .with("kept", brief(known.sha256()))
                .with("found", brief(mapping.sha256()));
    }

    private static Problem at(String file, int line, MappingCode code) {
        return Problem.of(code, "file", file, "line", line);
    }

    private static String brief(String sha256) {
        return sha256.substring(0, Math.min(12, sha256.length()));
    }
}
