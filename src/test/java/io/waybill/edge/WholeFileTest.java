package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in another system's folder after a file could not be written whole. */
class WholeFileTest {
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    Path folder;

    @Test
    void where_there_is_no_room_nothing_is_left_behind_not_even_what_was_written_before_it() throws IOException {
        assumeTrue(Files.exists(FULL), "only Linux has a disk that is always full");
        Files.createSymbolicLink(folder.resolve(".evt_1-2.pdf.tmp"), FULL);
        Map<String, byte[]> labels = new LinkedHashMap<>();
        labels.put("evt_1-1.pdf", new byte[10]);
        labels.put("evt_1-2.pdf", new byte[10]);

        assertThatThrownBy(() -> WholeFile.write(folder, labels))
                .isInstanceOf(IOException.class)
                .hasMessage(folder + ": No space left on device");

        assertThat(folder).isEmptyDirectory();
        WholeFile.write(folder, labels);
        assertThat(folder).isDirectoryContaining("glob:**evt_1-1.pdf").isDirectoryContaining("glob:**evt_1-2.pdf");
    }

    @Test
    void a_file_beside_one_that_is_there_with_other_content_is_not_left_behind_either() throws IOException {
        Files.writeString(folder.resolve("b.pdf"), "other");
        Map<String, byte[]> labels = new LinkedHashMap<>();
        labels.put("a.pdf", new byte[10]);
        labels.put("b.pdf", new byte[10]);

        assertThatThrownBy(() -> WholeFile.write(folder, labels)).hasMessageContaining("with other content");

        assertThat(folder.resolve(".a.pdf.tmp")).doesNotExist();
    }

    @Test
    void labels_whose_reader_took_the_first_before_the_second_could_have_its_name_are_each_laid_once()
            throws IOException {
        Path inTheWay = folder.resolve("evt_1-2.pdf");
        Map<String, byte[]> labels = new LinkedHashMap<>() {
            @Override
            public byte[] get(Object name) {
                if (name.equals("evt_1-3.pdf") && Files.notExists(inTheWay)) {
                    block(inTheWay);
                }
                return super.get(name);
            }
        };
        for (int n = 1; n <= 3; n++) {
            labels.put("evt_1-" + n + ".pdf", new byte[10]);
        }

        assertThatThrownBy(() -> WholeFile.write(folder, labels)).isInstanceOf(IOException.class);
        Files.delete(folder.resolve("evt_1-1.pdf"));
        Files.delete(inTheWay.resolve("x"));
        Files.delete(inTheWay);
        WholeFile.write(folder, new LinkedHashMap<>(labels));

        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("evt_1-2.pdf", "evt_1-3.pdf");
    }

    private static void block(Path name) {
        try {
            Files.writeString(Files.createDirectory(name).resolve("x"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void labels_of_which_some_lay_aside_when_the_hub_was_killed_are_all_laid() throws IOException {
        Map<String, byte[]> labels = new LinkedHashMap<>();
        labels.put("evt_1-1.pdf", new byte[10]);
        labels.put("evt_1-2.pdf", new byte[10]);
        WholeFile.aside(folder, "evt_1-1.pdf", new byte[4]);

        WholeFile.write(folder, labels);

        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("evt_1-1.pdf", "evt_1-2.pdf");
        assertThat(folder.resolve("evt_1-1.pdf")).hasSize(10);
    }
}
