package io.waybill.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class UnpackedTest {
    private static final byte[] CSV = "id,name\n1,Jane\n2,Joe\n".getBytes(StandardCharsets.UTF_8);

    @Test
    void a_packed_file_reads_like_the_file() throws Exception {
        assertThat(documents(gzip(CSV))).isEqualTo(2);
        assertThat(documents(CSV)).isEqualTo(2);
    }

    @Test
    void a_bomb_is_refused_long_before_it_has_unpacked() throws Exception {
        byte[] bomb = gzip(new byte[64 << 20]);
        AtomicLong read = new AtomicLong();
        assertThatThrownBy(() -> {
                    try (InputStream in =
                            Unpacked.ifPacked(new ByteArrayInputStream(bomb), "bomb.csv.gz", Limits.DEFAULT)) {
                        byte[] buffer = new byte[1 << 13];
                        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                            read.addAndGet(n);
                        }
                    }
                })
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("bomb.csv.gz")
                .hasMessageContaining("200 times");
        assertThat(read.get()).isLessThan(8L << 20);
    }

    @Test
    void the_limit_of_a_file_counts_what_comes_out() throws Exception {
        byte[] random = new byte[100_000];
        new java.util.Random(7).nextBytes(random);
        byte[] packed = gzip(random);
        assertThatThrownBy(() -> Unpacked.ifPacked(new ByteArrayInputStream(packed), "a.gz", LimitsOf.bytes(50_000))
                        .readAllBytes())
                .hasMessageContaining("50000");
    }

    @Test
    void a_packed_file_that_is_cut_off_or_damaged_is_told() throws Exception {
        byte[] packed = gzip(CSV);
        byte[] cut = Arrays.copyOf(packed, packed.length - 12);
        byte[] damaged = packed.clone();
        damaged[packed.length - 6] ^= 0x55;
        assertThatThrownBy(() -> documents(cut)).hasMessageContaining("damaged or cut off");
        assertThatThrownBy(() -> documents(damaged)).hasMessageContaining("damaged or cut off");
    }

    private static int documents(byte[] file) {
        int count = 0;
        try (DocumentReader reader =
                Formats.open(new ByteArrayInputStream(file), "orders.csv.gz", Reading.of(Format.CSV))) {
            while (reader.next() != null) {
                count++;
            }
        }
        return count;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
