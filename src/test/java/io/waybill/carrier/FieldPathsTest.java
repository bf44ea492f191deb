package io.waybill.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.dhl_express.ExpressFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldPathsTest {
    private static final FieldPaths PATHS = FieldPaths.read(ExpressFactory.class);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "content/packages/0/weight|/parcels/0/weight",
                "content.packages[12].dimensions.length|/parcels/12/dimensions",
                "/CONTENT/exportDeclaration/lineItems/1/commodityCodes/0/value|/items/1/hsCode",
                "customerDetails/receiverDetails/postalAddress|/shipTo",
                "a/long/7/way|",
                "something/else|"
            })
    void the_longest_known_beginning_counts_and_indices_are_kept(String path, String pointer) {
        assertThat(PATHS.pointer(path).orElse(null)).isEqualTo(pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The value of #/productCode is wrong|/service",
                "either/or of content/packages/3/weight.|/parcels/3/weight",
                "#/customerDetails/receiverDetails/contactInformation: required key [phone] not found|/shipTo/phone",
                "the postal code is wrong|"
            })
    void a_path_is_found_among_words(String words, String pointer) {
        assertThat(PATHS.pointerIn(words).orElse(null)).isEqualTo(pointer);
    }
}
