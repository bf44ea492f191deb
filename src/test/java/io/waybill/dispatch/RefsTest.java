package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Ref;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class RefsTest {
    @Property
    void a_ref_is_short_plain_and_can_be_rebuilt(
            @ForAll @StringLength(max = 100) String namespace,
            @ForAll @StringLength(max = 200) String orderId,
            @ForAll @IntRange(min = 1, max = 999) int seq,
            @ForAll @IntRange(min = 1, max = 99_999) int attempt) {
        Ref ref = Refs.of(namespace, orderId, seq, attempt);

        assertThat(ref.value()).matches("[A-Z0-9-]{1,35}");
        assertThat(Refs.of(namespace, orderId, seq, attempt)).isEqualTo(ref);
    }

    @Property
    void attempts_differ_by_ref_and_share_their_purchase_key(
            @ForAll @StringLength(max = 200) String orderId, @ForAll @IntRange(min = 1, max = 99_999) int attempt) {
        Ref first = Refs.of("acme", orderId, 1, attempt);
        Ref next = Refs.of("acme", orderId, 1, attempt + 1);

        assertThat(next.value()).isNotEqualTo(first.value());
        assertThat(next.purchaseKey()).isEqualTo(first.purchaseKey());
    }

    @Property
    void another_shipment_or_namespace_is_another_purchase(@ForAll @StringLength(max = 200) String orderId) {
        Ref ref = Refs.of("acme", orderId, 1, 1);

        for (Ref other : new Ref[] {Refs.of("acme", orderId, 2, 1), Refs.of("globex", orderId, 1, 1)}) {
            assertThat(other.value()).isNotEqualTo(ref.value());
            assertThat(other.purchaseKey()).isNotEqualTo(ref.purchaseKey());
        }
    }
}
