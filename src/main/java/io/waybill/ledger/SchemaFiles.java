package io.waybill.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/** The steps of the schema as they are shipped, read once in a process: each ledger that is opened asks for all of them. */
final class SchemaFiles implements ResourceProvider {
    private static final Map<String, SchemaFiles> READ = new HashMap<>();

    private final Map<String, LoadableResource> steps = new TreeMap<>();

    private SchemaFiles(String store) {
        read("db/migration");
        read("db/" + store);
    }

    /**
     * Those of both stores and of this one.
     *
     * @param store {@code h2} or {@code postgresql}
     */
    static synchronized SchemaFiles of(String store) {
        return READ.computeIfAbsent(store, SchemaFiles::new);
    }

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return steps.get(name);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return steps.values().stream()
                .filter(step -> step.getFilename().startsWith(prefix)
                        && Arrays.stream(suffixes).anyMatch(step.getFilename()::endsWith))
                .toList();
    }

    private void read(String folder) {
        try {
            URL at = Objects.requireNonNull(SchemaFiles.class.getResource("/" + folder), folder);
            if (at.openConnection() instanceof JarURLConnection inJar) {
                try (FileSystem jar =
                        FileSystems.newFileSystem(Path.of(inJar.getJarFileURL().toURI()))) {
                    read(jar.getPath(folder));
                }
            } else {
                read(Path.of(at.toURI()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                SchemaStep step = new SchemaStep(String.valueOf(file.getFileName()), Files.readString(file));
                steps.put(step.getFilename(), step);
            }
        }
    }
}
