package io.waybill.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            +1 347-448-3190 ext. 12345 | 13474483190
            (347) 448-3190 x12         | 3474483190
            347.448.3190 Extension: 7  | 3474483190
            347 448 3190 #44           | 3474483190
            +49 30 1234567             | 49301234567
            +49 (0)30 1234567          | 49301234567
            0044 (0) 20 7946 0958      | 00442079460958
            +39 (0)6 6982              | 39066982
            +86 138 0013 8000          | 8613800138000
            1-800-EXT-1234             | 18001234
            """)
    void a_number_is_its_digits_without_an_extension(String phone, String digits) {
        assertThat(Phone.digits(phone)).isEqualTo(digits);
    }
}
