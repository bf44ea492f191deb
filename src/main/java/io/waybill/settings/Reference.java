package io.waybill.settings;

import io.waybill.problem.Code;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/**
 * What a setting says about a secret: {@code env:NAME}, {@code file:PATH}, or the secret itself. No problem shows a secret, nor
 * what stands after the colon: it may be one that was written there by mistake.
 */
record Reference(Settings settings, String key, String said) {
    private static final String ENV = "env:";
    private static final String FILE = "file:";
    private static final int LONGEST = 64 * 1024;

    boolean isPlain() {
        return !said.startsWith(ENV) && !said.startsWith(FILE);
    }

    /** @throws ProblemException {@code secret-missing}, {@code secret-file-open} */
    String resolve() {
        if (isPlain()) {
            return said;
        }
        String found = said.startsWith(ENV)
                ? Optional.ofNullable(settings.variable(said.substring(ENV.length())))
                        .orElse("")
                : read(said.substring(FILE.length()));
        if (found.isBlank()) {
            throw problem(SettingsCode.SECRET_MISSING);
        }
        return found.strip();
    }

    private String read(String name) {
        try {
            Path path = Path.of(name);
            checkMode(path);
            return Files.size(path) > LONGEST ? "" : Files.readString(path);
        } catch (IOException | IllegalArgumentException e) {
            throw problem(SettingsCode.SECRET_MISSING);
        }
    }

    /** Whoever may write the file chooses the secret; whoever may read it knows it. */
    private void checkMode(Path path) throws IOException {
        if (Files.getFileAttributeView(path, PosixFileAttributeView.class) == null) {
            return;
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path, new LinkOption[0]);
        if (mode.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw problem(SettingsCode.SECRET_FILE_WRITABLE);
        }
        if (mode.contains(PosixFilePermission.OTHERS_READ)) {
            settings.warn(told(SettingsCode.SECRET_FILE_READABLE));
        }
    }

    private ProblemException problem(Code code) {
        return new ProblemException(told(code));
    }

    private Problem told(Code code) {
        return settings.locate(Problem.of(code, "key", key, "kind", said.substring(0, said.indexOf(':'))), key);
    }
}
