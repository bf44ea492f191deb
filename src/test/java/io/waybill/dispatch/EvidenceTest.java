package io.waybill.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.ledger.LabelBook;
import io.waybill.text.Sha256;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    private final byte[] first = printed(1);
    private final byte[] second = printed(2);

    @Test
    void labels_stand_in_a_kept_answer_by_their_digest_and_the_rest_as_it_came() {
        String answer = "{\"größe\":\"ü\",\"labels\":[\"%s\",\"%s\"],\"total\":\"7.42\"}";

        assertThat(kept(answer.formatted(base64(first), base64(second)), first, second))
                .isEqualTo(answer.formatted("sha256:" + Sha256.of(first), "sha256:" + Sha256.of(second)));
    }

    @Test
    void an_answer_that_writes_its_label_otherwise_is_kept_whole() {
        String broken = Base64.getMimeEncoder().encodeToString(first);

        assertThat(kept("<label>" + broken + "</label>", first)).isEqualTo("<label>" + broken + "</label>");
        assertThat(kept("{\"url\":\"https://labels.example/1\"}", first))
                .isEqualTo("{\"url\":\"https://labels.example/1\"}");
    }

    @Test
    void what_is_too_short_to_be_told_from_other_words_is_left_alone() {
        byte[] tiny = Arrays.copyOf(first, 12);

        assertThat(kept("{\"label\":\"" + base64(tiny) + "\"}", tiny)).contains(base64(tiny));
    }

    private static String kept(String answer, byte[]... labels) {
        List<LabelBook.Kept> papers = Arrays.stream(labels)
                .map(bytes -> new LabelBook.Kept("shp", new LabelBook.Paper("shipping_label", 1, "PDF", "4x6", bytes)))
                .toList();
        return new String(Evidence.of(answer.getBytes(UTF_8), papers), UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] printed(long seed) {
        byte[] bytes = new byte[3_000];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
