package io.waybill.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Why a delivery failed is kept, and read by whoever looks after it. */
class OutcomesTest {
    @Test
    void what_a_driver_says_of_its_address_is_kept_without_the_password_in_it() {
        Exception refused = new IllegalStateException("no pool", new IllegalArgumentException("x"));
        Exception driver = new IllegalStateException("cannot open jdbc:acme://w:s3cret@db/w?password=s3cret2");

        assertThat(Outcomes.words(driver)).isEqualTo("cannot open jdbc:acme://***@db/w?password=***");
        assertThat(Outcomes.words(refused)).isEqualTo("no pool");
    }
}
