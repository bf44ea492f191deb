package io.waybill;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A command in a process of its own, as an operator calls it. */
final class CommandProcess {
    private CommandProcess() {}

    /** What it ended with, and what it said of what is wrong. */
    record Ended(int code, String err) {}

    static Ended run(Path folder, Redirect out, String... words) throws IOException, InterruptedException {
        Path err = Files.createTempFile(folder, "err", ".txt");
        int code = builder(words)
                .redirectOutput(out)
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Ended(code, Files.readString(err, StandardCharsets.UTF_8));
    }

    static ProcessBuilder builder(String... words) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Hub.class.getName()));
        line.addAll(List.of(words));
        ProcessBuilder command = new ProcessBuilder(line);
        command.environment().put("LC_ALL", "C");
        return command;
    }
}
