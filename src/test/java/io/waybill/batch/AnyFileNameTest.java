package io.waybill.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AnyFileNameTest {
    private static final String SHA = "9f86d081884c7d659a2feaa0c55ad015";
    private static final int LONGEST_ENDING = "-1000.rejected.csv".length();

    @Property(tries = 1000)
    void any_name_becomes_one_name_in_one_folder_that_every_file_system_takes(@ForAll("names") String original) {
        String name = ArchiveName.of(Instant.EPOCH, SHA, original);

        Path folder = Path.of("data", "archive");
        assertThat(folder.resolve(name).normalize().getParent()).isEqualTo(folder);
        assertThat(name).startsWith("19700101-9f86d081884c-").doesNotContain("/", "\\", ":", "\r", "\n", "\0");
        assertThat(name.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT))
                .isTrue();
        assertThat(name.getBytes(UTF_8).length + LONGEST_ENDING).isLessThanOrEqualTo(255);
    }

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> hostile = Arbitraries.of(
                        "../",
                        "..\\",
                        "/",
                        "\r\n",
                        "\u202E",
                        "\u200B",
                        "\0",
                        ":",
                        "~",
                        "a",
                        "Z",
                        "订",
                        "\uD840\uDC0B",
                        "\uD83D\uDE00",
                        "e\u0301",
                        ".",
                        " ",
                        "%2e%2e%2f",
                        ".csv")
                .list()
                .ofMaxSize(300)
                .map(parts -> String.join("", parts));
        return Arbitraries.oneOf(
                hostile,
                Arbitraries.strings().all().ofMaxLength(300),
                Arbitraries.of("\uD840\uDC0B").list().ofSize(70).map(parts -> String.join("", parts)));
    }
}
