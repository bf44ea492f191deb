package io.waybill.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotNowTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Please try again later.",
                "Please check back at a later time.",
                "Please try your request again at a later date",
                "Retry a bit later",
                "Please try again in a few minutes",
                "Retry your request after 30 seconds.",
                "Try it again shortly",
                "The service is temporarily unavailable",
                "The service is temporarily unavailable for maintenance",
                "We are currently unable to process your shipment",
                "This destination cannot be rated, the system is busy",
                "Bitte versuchen Sie es später erneut.",
                "系统繁忙，请稍后再试",
                "服务错误",
                "请求超时"
            })
    void what_could_not_be_done_just_now_decides_nothing(String words) {
        assertThat(NotNow.isSaid(words)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Correct the postal code and try again.",
                "The ship date is in the past. Try again with a later ship date.",
                "Check that the pickup date is not later than ten days from now",
                "Please check the ship date and choose a later one",
                "Check the ship date, which is later than allowed",
                "Try again in another currency",
                "Check whether it is picked up in two hours",
                "Check the ship date and send a day not later than Friday",
                "The service is temporarily unavailable for this destination",
                "Service temporarily not available in the destination country",
                "We are currently unable to deliver to this postal code",
                "The account is suspended",
                "The order number was used before",
                "物流服务错误",
                "邮编错误"
            })
    void what_is_wrong_with_the_shipment_is_a_decision(String words) {
        assertThat(NotNow.isSaid(words)).isFalse();
    }
}
