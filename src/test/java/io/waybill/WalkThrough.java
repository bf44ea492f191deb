package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The lines for a shell that stand under a heading of a page, done in a folder. */
record WalkThrough(Path folder) {
    static List<String> lines(String page, String heading) throws IOException {
        String text = Files.readString(Path.of(page));
        String section = text.substring(text.indexOf("## " + heading));
        return section.substring(0, section.indexOf("\n## ", 3))
                .lines()
                .filter(line -> line.startsWith("    "))
                .map(line -> line.substring(4))
                .toList();
    }

    /** Copies a folder of the project, as whoever follows the page has it. */
    void copy(String name) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(name))) {
            for (Path file : files.toList()) {
                Path to = folder.resolve(file.toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
    }

    void run(List<String> lines) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-eu", "-c", String.join("\n", lines))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("shell.log").toFile())
                .start();
        assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).isZero();
    }
}
