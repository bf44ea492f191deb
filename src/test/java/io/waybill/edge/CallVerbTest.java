package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallVerbTest {
    /** Nobody listens there: what is refused before is never sent. */
    private static final Settings SETTINGS = Settings.of("""
            system.erp.url=http://127.0.0.1:9
            system.erp.privateNetwork=true
            system.erp.auth=none
            """);

    private final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void a_member_of_a_call_that_nobody_reads_is_refused_with_the_one_meant() throws Exception {
        assertThat(refused("{\"metod\":\"PUT\",\"path\":\"/orders\",\"bodi\":{}}"))
                .extracting(problem ->
                        problem.values().get("member") + " " + problem.values().get("nearest"))
                .containsExactly("metod method", "bodi body");
    }

    @Test
    void so_is_one_in_or_beside_a_list_of_calls_before_any_is_made() throws Exception {
        assertThat(refused("{\"calls\":[{\"path\":\"/a\"},{\"pth\":\"/b\"}],\"totl\":1}"))
                .extracting(problem -> problem.values().get("member"))
                .containsExactly("totl", "pth");
    }

    @Test
    void its_mapping_finds_what_the_settings_say_of_the_partner_of_its_sink() throws Exception {
        List<String> asked = new ArrayList<>();
        MappingVerb.Mapper nothing = (mapping, json) -> {
            asked.add(json);
            return "[]";
        };
        Settings settings = Settings.of("sink.crm.partner.receiver=SHOPCO");
        CallVerb verb = new CallVerb(nothing, name -> HttpSystem.read(SETTINGS, name), settings);
        verb.setCamelContext(context);
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody("{}");

        verb.step("erp", new HashMap<>(Map.of("mapping", "m", "sink", "crm"))).process(exchange);

        assertThat(asked.get(0)).contains("\"partner\":{\"receiver\":\"SHOPCO\"}");
    }

    private Iterable<Problem> refused(String written) throws Exception {
        CallVerb verb = new CallVerb((mapping, json) -> written, name -> HttpSystem.read(SETTINGS, name), SETTINGS);
        verb.setCamelContext(context);
        Processor step = verb.step("erp", new HashMap<>(Map.of("mapping", "m")));
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody("{}");
        ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> step.process(exchange));
        assertThat(refusal.problems()).extracting(Problem::code).containsOnly("call-member-unknown");
        return refusal.problems();
    }
}
