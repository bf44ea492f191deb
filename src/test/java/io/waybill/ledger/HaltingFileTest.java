package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HaltingFileTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void register() {
        HaltingFile.register();
        file = folder.resolve("f");
    }

    @Test
    void once_a_write_failed_nothing_that_follows_it_is_written() throws Exception {
        try (FileChannel channel = open("rw")) {
            channel.write(bytes("first"), 0);
            assertThatThrownBy(() -> channel.write(bytes("second"), Long.MAX_VALUE))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> channel.write(bytes("third"), 0)).hasMessageContaining("an earlier write failed");
            assertThatThrownBy(() -> channel.force(true)).hasMessageContaining("an earlier write failed");
            assertThatThrownBy(() -> channel.truncate(0)).hasMessageContaining("an earlier write failed");
        }
        assertThat(Files.readString(file)).isEqualTo("first");
    }

    @Test
    void opened_anew_it_is_written_again() throws Exception {
        try (FileChannel channel = open("rw")) {
            assertThatThrownBy(() -> channel.write(bytes("second"), Long.MAX_VALUE))
                    .isInstanceOf(IOException.class);
        }
        try (FileChannel channel = open("rw")) {
            channel.write(bytes("third"), 0);
        }
        assertThat(Files.readString(file)).isEqualTo("third");
    }

    private FileChannel open(String mode) throws IOException {
        return FilePath.get(HaltingFile.SCHEME + ":" + file).open(mode);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
