package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher beside a jar: where Java is one of another age, in any language, and where memory ends. */
class LauncherTest {
    @TempDir
    Path folder;

    @BeforeEach
    void unpack() throws IOException {
        Files.copy(Path.of("waybill"), folder.resolve("waybill"));
        Files.createFile(folder.resolve("waybill.jar"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openjdk version \"11.0.2\" 2019-01-15", "java version \"1.8.0_392\""})
    void an_older_java_is_named_with_what_is_needed(String version) throws Exception {
        assertThat(run(version))
                .contains("needs a JDK 17 or newer", folder + "/jdk/bin/java is Java", "ended with 2")
                .doesNotContain("-jar");
    }

    @Test
    void a_java_that_is_new_enough_runs_the_hub() throws Exception {
        assertThat(run("openjdk version \"25\" 2025-09-16")).contains("-jar", "run --config x", "ended with 0");
    }

    /** The last: a language of a remote session, beside one this machine has. */
    @ParameterizedTest
    @ValueSource(strings = {"LANG=", "LANG=C", "LC_ALL=POSIX", "LANG=zh_XX.UTF-8", "LC_TIME=zh_XX.UTF-8"})
    void files_are_named_in_all_letters_whatever_the_session_says(String session) throws Exception {
        ProcessBuilder launcher =
                new ProcessBuilder("sh", folder.resolve("waybill").toString(), "run");
        launcher.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.startsWith("LANG"));
        launcher.environment().put("LANG", "C.UTF-8");
        launcher.environment().put(session.split("=")[0], session.split("=", 2)[1]);
        launcher.environment().put("JAVA_HOME", System.getProperty("java.home"));
        pack(Naming.class);

        assertThat(run(launcher)).contains("ended with 0");
        assertThat(folder.resolve("named")).hasContent("warm-up in UTF-8\nrun in UTF-8\n");
    }

    @Test
    void the_words_stay_in_the_language_of_the_session() throws Exception {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder launcher =
                new ProcessBuilder("sh", folder.resolve("waybill").toString(), "run");
        launcher.environment().keySet().removeAll(List.of("LC_ALL", "LC_MESSAGES"));
        launcher.environment().put("LANG", "zh_XX.UTF-8");
        launcher.environment().put("JAVA_HOME", folder.resolve("jdk").toString());

        assertThat(run(launcher)).contains("-Dwaybill.session=zh_XX.UTF-8 -jar");
    }

    @Test
    void a_hub_that_runs_out_of_memory_ends_so_that_it_is_started_anew() throws Exception {
        Path jar = pack(Insatiable.class);
        Path laidDown = Files.createFile(folder.resolve("waybill.jsa")); // or it would be tried without a limit
        Files.setLastModifiedTime(
                laidDown,
                FileTime.from(Files.getLastModifiedTime(jar).toInstant().plusSeconds(60)));
        ProcessBuilder launcher =
                new ProcessBuilder("sh", folder.resolve("waybill").toString(), "run");
        launcher.environment().put("JAVA_HOME", System.getProperty("java.home"));
        launcher.environment().put("WAYBILL_JAVA_OPTS", "-Xms8m -Xmx32m");

        assertThat(run(launcher)).contains("ended with 3").doesNotContain("goes on");
    }

    /** A thread that dies, or a clock that catches what is thrown, while the process stays. */
    static final class Insatiable {
        private Insatiable() {}

        public static void main(String[] args) {
            List<byte[]> held = new ArrayList<>();
            try {
                while (true) {
                    held.add(new byte[1 << 20]);
                }
            } catch (OutOfMemoryError e) {
                int most = held.size();
                held.clear();
                System.out.println("goes on after " + most);
            }
        }
    }

    /** Writes down in which letters each of its starts names files. */
    static final class Naming {
        private Naming() {}

        public static void main(String[] args) throws IOException {
            Files.writeString(
                    Path.of(System.getProperty("waybill.home"), "named"),
                    args[0] + " in " + System.getProperty("sun.jnu.encoding") + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    private Path pack(Class<?> main) throws IOException {
        Path jar = folder.resolve("waybill.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
        String entry = main.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream compiled = main.getResourceAsStream("/" + entry)) {
            out.putNextEntry(new ZipEntry(entry));
            out.write(compiled.readAllBytes());
        }
        return jar;
    }

    private String run(String version) throws Exception {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                if [ "$1" = -version ]; then echo '%s' >&2; else echo "$@"; fi
                """.formatted(version));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder launcher =
                new ProcessBuilder("sh", folder.resolve("waybill").toString(), "run", "--config", "x");
        launcher.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        return run(launcher);
    }

    private static String run(ProcessBuilder launcher) throws Exception {
        Process process = launcher.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return told + "ended with " + process.waitFor();
    }
}
