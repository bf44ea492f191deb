package io.waybill.connectors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A copy of the routes as they ship, in which a second system is made as the pages say: a file copied under another name. */
record ShippedRoutes(Path folder) {
    static ShippedRoutes in(Path folder) throws IOException {
        copy(Path.of("routes"), folder);
        return new ShippedRoutes(folder);
    }

    /** A folder with all below it. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path target = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(each, target);
                }
            }
        }
    }

    /** @param kind sources or sinks */
    void copy(String kind, String shipped, String name) throws IOException {
        Files.copy(file(kind, shipped), file(kind, name));
        change(kind, name, text -> text.replaceAll("\\b" + shipped + "(?=[^a-z0-9-]|$)", name));
    }

    void change(String kind, String name, UnaryOperator<String> how) throws IOException {
        Path file = file(kind, name);
        Files.writeString(file, how.apply(Files.readString(file)));
    }

    private Path file(String kind, String name) {
        return folder.resolve(kind).resolve(name + ".yaml");
    }
}
