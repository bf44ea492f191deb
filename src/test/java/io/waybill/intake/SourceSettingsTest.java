package io.waybill.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a source fills in is looked at when the hub starts, not when its first order comes. */
class SourceSettingsTest {
    @Test
    void a_source_says_it_or_the_defaults_do() {
        SourceSettings shop = sources(
                        "defaults.label.dpi=300\ndefaults.service=ground\nsource.shop.service=sandbox:express")
                .get("shop");

        assertThat(shop.label().dpi()).isEqualTo(300);
        assertThat(shop.service()).isEqualTo("sandbox:express");
        assertThat(shop.namespace()).isEqualTo("default");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "defaults.label.dpi=abc",
                "defaults.label.dpi=0",
                "source.shop.label.dpi=abc",
                "source.shop.label.format=TIFF",
                "source.shop.label.size=6x4",
                "defaults.label.size=a4",
                "source.shop.release=whenever",
                "source.shop.onChange=explode",
                "source.shop.language=xx",
                "defaults.service=warp",
                "defaults.namespace=a b"
            })
    void a_value_that_cannot_be_used_is_told_by_its_key(String setting) {
        String key = setting.substring(0, setting.indexOf('='));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> sources("source.shop.mapping=m\n" + setting))
                .satisfies(refused -> assertThat(refused.problems().get(0).sentence(Locale.ENGLISH))
                        .contains(key, setting.substring(key.length() + 1), "expected"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"country=Narnia", "postalCode=1", "city="})
    void a_sender_nobody_could_return_a_parcel_to_is_refused(String wrong) {
        String sender = """
                defaults.shipFrom.name=Acme
                defaults.shipFrom.line1=500 Depot Rd
                defaults.shipFrom.city=Austin
                defaults.shipFrom.state=TX
                defaults.shipFrom.postalCode=78701
                defaults.shipFrom.country=US
                """;
        assertThat(sources(sender).get(Sources.LOCAL).shipFrom()).isNotNull();

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> sources(sender + "defaults.shipFrom." + wrong));
    }

    @Test
    void all_that_is_wrong_with_sources_and_the_defaults_is_told_at_once() {
        String wrong = """
                defaults.label.dpi=fine
                defaults.onChange=explode
                source.shop.release=later
                source.shop.backlog=-1
                source.shop.shipFrom.line1=500 Depot Rd
                source.shop.shipFrom.name=Acme
                source.shop.shipFrom.state=TX
                source.shop.shipFrom.postalCode=1
                source.shop.shipFrom.country=US
                source.erp.namespaces=a b
                source.erp.shipFrom.line1=Hauptstr. 1
                source.erp.shipFrom.country=Narnia
                source.erp.rate=many
                """;

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> sources(wrong))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(problem -> problem.values().get("line") + " "
                                + problem.values().get("key"))
                        .containsExactlyInAnyOrder(
                                "1 defaults.label.dpi",
                                "2 defaults.onChange",
                                "3 source.shop.release",
                                "4 source.shop.backlog",
                                "5 source.shop.shipFrom.city",
                                "8 source.shop.shipFrom.postalCode",
                                "10 source.erp.namespaces",
                                "11 source.erp.shipFrom.name",
                                "12 source.erp.shipFrom.country",
                                "13 source.erp.rate"));
    }

    private static Sources sources(String text) {
        Settings settings = Settings.of(text);
        return new Sources(settings);
    }
}
