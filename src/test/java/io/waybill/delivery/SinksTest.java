package io.waybill.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import org.junit.jupiter.api.Test;

class SinksTest {

    @Test
    void a_sink_takes_every_event_of_its_namespaces_unless_it_names_some() {
        Sinks sinks = read("""
                sink.all.namespaces=acme, other
                sink.labels.namespaces=acme
                sink.labels.events=order.labelled
                """);

        assertThat(sinks.names()).containsExactly("all", "labels");
        assertThat(sinks.sinks("acme", "order.labelled")).containsExactly("all", "labels");
        assertThat(sinks.sinks("acme", "billing.charged")).containsExactly("all");
        assertThat(sinks.sinks("other", "order.labelled")).containsExactly("all");
        assertThat(sinks.sinks("stranger", "order.labelled")).isEmpty();
    }

    @Test
    void a_stage_that_is_off_sends_no_events_of_its_kind() {
        Sinks sinks = read("""
                sink.oms.namespaces=acme
                namespace.acme.stages=labels
                """);

        assertThat(sinks.sinks("acme", "order.labelled")).containsExactly("oms");
        assertThat(sinks.sinks("acme", "tracking.updated")).isEmpty();
        assertThat(sinks.sinks("acme", "billing.charged")).isEmpty();
        assertThat(sinks.sinks("acme", "exception.opened")).containsExactly("oms");
    }

    @Test
    void a_sink_without_namespaces_is_refused_by_name() {
        assertRefused("sink.oms.url=https://example.com", "sink.oms.namespaces");
    }

    @Test
    void an_unknown_key_event_or_stage_is_refused_by_name() {
        assertRefused("sink.oms.namespaces=acme\nsink.oms.batch=nightly", "22:00/5000");
        assertRefused(
                "sink.oms.namespaces=acme\nsink.oms.events=order.labeled,order.labelled,order.sent",
                "order.labeled, order.sent");
        assertRefused("sink.oms.namespaces=acme\nnamespace.acme.stages=labels,money,costs", "money, costs");
        assertRefused("sink.oms.namespaces=acme\nsink.oms.workers=0", "1 to 16");
        assertRefused("sink.oms.namespaces=acme\nsink.oms.backoffScale=-1", "sink.oms.backoffScale");
    }

    @Test
    void what_the_template_of_a_sink_asks_for_is_known() {
        String template = "sink.crm.namespaces=acme\nsink.crm.%s=x";

        for (String key : new String[] {"folder", "mapping", "server", "table", "topic", "url"}) {
            assertThatCode(() -> read(template.formatted(key))).as(key).doesNotThrowAnyException();
        }
    }

    @Test
    void all_sinks_are_checked_before_any_is_refused() {
        assertThatThrownBy(() -> read("sink.a.events=order.labelled\nsink.b.events=order.labelled"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problems()).hasSize(2));
    }

    private static void assertRefused(String settings, String named) {
        assertThatThrownBy(() -> read(settings))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(named);
    }

    private static Sinks read(String text) {
        return Sinks.read(Settings.of(text));
    }
}
