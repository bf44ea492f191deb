package io.waybill.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void a_text_that_fits_stays_and_a_longer_one_is_cut_with_a_sign_or_without() {
        assertThat(Shortened.to(5, "label")).isEqualTo("label");
        assertThat(Shortened.to(3, "label")).isEqualTo("lab");
        assertThat(Shortened.openly(5, "label")).isEqualTo("label");
        assertThat(Shortened.openly(3, "label")).isEqualTo("lab…");
    }

    @Test
    void no_value_leaves_its_place_in_an_address() {
        assertThat(UrlPart.of("SO-1/2 a?b&c=d#e+ü")).isEqualTo("SO-1%2F2%20a%3Fb%26c%3Dd%23e%2B%C3%BC");
    }

    @Test
    void bytes_are_named_as_everybody_names_them() {
        assertThat(Sha256.of("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Sha256.of(new byte[] {'a', 'b', 'c'})).isEqualTo(Sha256.of("abc"));
    }

    @Test
    void a_failure_without_a_message_is_told_by_its_name() {
        assertThat(Words.of(new IllegalStateException("no room"))).isEqualTo("no room");
        assertThat(Words.of(new IllegalStateException())).isEqualTo("IllegalStateException");
    }

    @Test
    void a_character_of_two_halves_is_never_cut_in_two() {
        assertThat(Shortened.to(3, "ab\uD83D\uDE00")).isEqualTo("ab");
        assertThat(Shortened.to(4, "ab\uD83D\uDE00c")).isEqualTo("ab\uD83D\uDE00");
        assertThat(Shortened.openly(3, "ab\uD83D\uDE00")).isEqualTo("ab…");
    }
}
