package io.waybill.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShadowTest {
    @Test
    void what_names_an_order_by_what_none_can_be_called_is_passed_over_without_a_number() {
        for (String number : List.of("9".repeat(250), "SO-\0-7", "")) {
            assertThat(Shadow.passed(naming(number)).orderId()).isNull();
        }
        assertThat(Shadow.passed(naming("SO-7")).orderId()).isEqualTo("SO-7");
    }

    private static Submission naming(String number) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("orderId", number);
        return new Submission(
                "shop", "file", document, null, "0", CameAlone.of("f/1", document), "shop", 1, false, "folder");
    }
}
