package io.waybill.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.format.Format;
import io.waybill.format.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written for a folder that is away, or in a disk that is full, is written anew at each try. */
class BesideTest {
    @TempDir
    Path folder;

    @Test
    void a_receipt_that_cannot_be_laid_leaves_nothing_in_the_data_folder() throws IOException {
        Archive archive = Archive.in(folder);
        Feed feed = new Feed(
                "orders",
                "acme",
                "acme",
                "folder",
                "m",
                Reading.of(Format.CSV),
                Locale.ENGLISH,
                false,
                null,
                folder.resolve("away"));
        Beside beside =
                new Beside(null, archive, feed, null, new Archive.Place(folder.resolve("archive/day"), "a.csv"));
        Path written = archive.temporary();
        NewFile.write(written, out -> out.write(new byte[10]));

        assertThatThrownBy(() -> beside.answer(written, ".receipt", ".csv")).hasMessageContaining("away");

        assertThat(folder.resolve("work")).isEmptyDirectory();
    }

    @Test
    void a_receipt_for_which_the_archive_has_no_place_leaves_nothing_in_the_data_folder() throws IOException {
        Archive archive = Archive.in(folder);
        Files.writeString(folder.resolve("archive"), "a file where the folder should be");
        Feed feed = new Feed("orders", "acme", "acme", "folder", "m", Reading.of(Format.CSV), Locale.ENGLISH);
        Beside beside =
                new Beside(null, archive, feed, null, new Archive.Place(folder.resolve("archive/day"), "a.csv"));
        Path written = archive.temporary();
        NewFile.write(written, out -> out.write(new byte[10]));

        assertThatThrownBy(() -> beside.answer(written, ".receipt", ".csv")).isInstanceOf(UncheckedIOException.class);

        assertThat(folder.resolve("work")).isEmptyDirectory();
    }

    @Test
    void what_cannot_be_put_in_the_charset_of_its_source_leaves_nothing_in_the_data_folder() {
        Archive archive = Archive.in(folder);
        Path written = archive.temporary();
        NewFile.write(written, out -> out.write(0xFF));
        Respelling latin = new Respelling(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> latin.respell(written)).isInstanceOf(UncheckedIOException.class);

        assertThat(folder.resolve("work")).isEmptyDirectory();
    }

    @Test
    void a_copy_for_which_there_is_no_room_leaves_nothing_in_the_data_folder() {
        Archive archive = Archive.in(folder);
        InputStream full = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("No space left on device");
            }
        };

        assertThatThrownBy(() -> archive.copy(full)).isInstanceOf(UncheckedIOException.class);

        assertThat(folder.resolve("work")).isEmptyDirectory();
    }
}
