package io.waybill.carrier.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code --book FILE --port N [--tracking-step S] [--late S] [--label S] [--slow S]}, times in seconds. */
record SandboxArguments(Path book, int port, SandboxPace pace) {
    private static final List<String> NAMES =
            List.of("--book", "--port", "--tracking-step", "--late", "--label", "--slow");

    /** @throws IllegalArgumentException naming the argument that cannot be used */
    static SandboxArguments read(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!NAMES.contains(arguments[i]) || i + 1 == arguments.length) {
                throw new IllegalArgumentException(
                        "cannot use " + arguments[i] + "; known, each with a value: " + String.join(" ", NAMES));
            }
            given.put(arguments[i], arguments[i + 1]);
        }
        SandboxPace usual = SandboxPace.DEFAULT;
        return new SandboxArguments(
                Path.of(given.getOrDefault("--book", "sandbox-book.jsonl")),
                Integer.parseInt(given.getOrDefault("--port", Integer.toString(SandboxServer.DEFAULT_PORT))),
                new SandboxPace(
                        seconds(given, "--tracking-step", usual.trackingStep()),
                        seconds(given, "--late", usual.lateEffect()),
                        seconds(given, "--label", usual.labelDelay()),
                        seconds(given, "--slow", usual.slowAnswer())));
    }

    private static Duration seconds(Map<String, String> given, String name, Duration usual) {
        return given.containsKey(name) ? Duration.ofSeconds(Long.parseLong(given.get(name))) : usual;
    }
}
