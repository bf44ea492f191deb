package io.waybill.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {

    @ParameterizedTest(name = "{0}: {1}, {2} {3}")
    @CsvSource({
        "US, Austin, TX, 78701",
        "US, Austin, Texas, 78701-1234",
        "US, Austin, us-tx, 787011234",
        "US, APO, AE, 09012",
        "US, Washington, D.C., 20001",
        "PR, San Juan, , 00907",
        "CA, Montréal, Québec, h3z 2y7",
        "CA, Toronto, ON, M5V3L9",
        "DE, Bonn, , 53225",
        "GB, London, , EC1A 1HQ",
        "GB, London, , sw1a1aa",
        "IE, Dublin, , D02 AF30",
        "IE, Dublin, Co. Dublin, ",
        "CN, 深圳, 广东省, 518000",
        "CN, Shenzhen, Guangdong, 518000",
        "CN, Lhasa, Tibet, 850000",
        "HK, , Kowloon, ",
        "JP, , 東京都, 154-0023",
        "JP, Setagaya, Tokyo, 1540023",
        "KR, Seoul, 서울특별시, 06236",
        "TW, Taipei, Taipei City, 110204",
        "AU, Sydney, New South Wales, 2060",
        "BR, São Paulo, sao paulo, 01310-100",
        "IN, Hyderabad, Telangana, 500001",
        "IN, Srinagar, Jammu and Kashmir, 190001",
        "ES, Palma, Illes Balears, 07001",
        "IT, Roma, RM, 00144",
        "SE, Stockholm, , SE-111 22",
        "CH, Zürich, , 8001",
        "NL, Amsterdam, , 1012ab",
        "SG, , , 018956",
        "AE, Dubai, , ",
        "MX, Ciudad de México, CDMX, 06082",
        "XK, Prishtina, , 10000",
    })
    void a_good_address_is_taken(String country, String city, String state, String postalCode) {
        assertThat(check(country, city, state, postalCode)).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}, {2} {3} -> {4}")
    @CsvSource({
        "US, Austin, TX, 1234, /shipTo/postalCode bad-postal-code",
        "US, Austin, TX, 10001, /shipTo/postalCode postal-code-not-in-state",
        "US, Austin, Texass, 78701, /shipTo/state unknown-state",
        "US, Austin, , 78701, /shipTo/state missing-address-field",
        "US, Austin, TX, , /shipTo/postalCode missing-address-field",
        "US, , TX, 78701, /shipTo/city missing-address-field",
        "CA, Toronto, ON, 12345, /shipTo/postalCode bad-postal-code",
        "CA, Toronto, ON, V8X 3X4, /shipTo/postalCode postal-code-not-in-state",
        "DE, Bonn, , 1234, /shipTo/postalCode bad-postal-code",
        "GB, London, , 12345, /shipTo/postalCode bad-postal-code",
        "IE, Dublin, , 12345, /shipTo/postalCode bad-postal-code",
        "IE, , , D02 AF30, /shipTo/city missing-address-field",
        "CN, 深圳, 广东省, 5180, /shipTo/postalCode bad-postal-code",
        "CN, 深圳, , 518000, /shipTo/state missing-address-field",
        "HK, , , , /shipTo/state missing-address-field",
        "JP, Setagaya, 東京都, 12345, /shipTo/postalCode bad-postal-code",
        "AU, Sydney, NSX, 2060, /shipTo/state unknown-state",
        "AU, Sydney, NSW, 6000, /shipTo/postalCode postal-code-not-in-state",
        "NL, Amsterdam, , 1012, /shipTo/postalCode bad-postal-code",
    })
    void a_bad_address_is_told_what_is_wrong(
            String country, String city, String state, String postalCode, String problem) {
        assertThat(check(country, city, state, postalCode).stream()
                        .map(found -> found.pointer() + " " + found.code())
                        .collect(Collectors.toList()))
                .containsExactly(problem);
    }

    /** Three examples break their own country's pattern: two are too short, one has the letter O for a zero. */
    @Test
    void every_example_postal_code_of_the_data_is_taken() {
        List<String> refused = new ArrayList<>();
        for (JsonNode row : AddressRules.lines(AddressRules.DATA)) {
            String country = row.path("key").asText();
            Stream.of(row.path("zipex").asText().split(","))
                    .filter(code -> !code.isEmpty())
                    .filter(code -> !AddressRules.of(country).orElseThrow().takesPostalCode(code))
                    .forEach(code -> refused.add(country + " " + code));
        }
        assertThat(refused).containsExactly("BY 20050", "EE 1001", "GB RH6 OHP");
    }

    @Test
    void every_example_postal_code_of_a_state_lies_in_that_state() {
        List<String> refused = new ArrayList<>();
        int seen = 0;
        for (String country : List.of("US", "CA", "AU", "BR", "ES", "JP")) {
            AddressRules rules = AddressRules.of(country).orElseThrow();
            for (State state : rules.states()) {
                assertThat(rules.state(state.key())).contains(state);
                for (String code : List.of(state.postalCodeExamples().split(", ", -1))) {
                    if (!code.isEmpty()) {
                        seen++;
                        if (rules.contradicts(state, code)) {
                            refused.add(country + " " + state.key() + " " + code);
                        }
                    }
                }
            }
        }
        assertThat(seen).isGreaterThan(150);
        assertThat(refused).isEmpty();
    }

    @Test
    void every_example_shown_to_a_person_would_be_taken() {
        for (JsonNode row : AddressRules.lines(AddressRules.DATA)) {
            AddressRules.of(row.path("key").asText())
                    .filter(rules -> !rules.postalCodeExamples().isEmpty())
                    .ifPresent(rules -> assertThat(rules.postalCodeExamples().split(", ", -1))
                            .as(rules.country())
                            .allMatch(rules::takesPostalCode));
        }
    }

    @Test
    void the_sentence_names_the_code_the_country_and_good_examples() {
        Problem problem = check("US", "Austin", "TX", "1234").get(0);
        assertThat(problem.sentence(Locale.ENGLISH))
                .isEqualTo("/shipTo/postalCode \"1234\" is not a US postal code (expected e.g. 95014, 22162-1010)");
        assertThat(problem.sentence(Locale.CHINESE)).contains("“1234”不是 US 的邮政编码");
    }

    @Test
    void a_mistyped_state_is_answered_with_the_likely_one() {
        assertThat(check("US", "Austin", "Texass", "78701").get(0).hint(Locale.ENGLISH))
                .isEqualTo("Did you mean \"TX\"?");
    }

    @Test
    void either_a_name_or_a_company_is_needed() {
        Address nobody =
                new Address(null, " ", "1 Main St", null, null, "Bonn", null, "53225", "DE", null, null, null, null);
        assertThat(Addresses.check(nobody, "/shipTo"))
                .extracting(Problem::code, Problem::pointer)
                .containsExactly(tuple("name-or-company", "/shipTo/name"));
    }

    @ParameterizedTest
    @CsvSource({
        "US, Texas, TX",
        "US, US-TX, TX",
        "CA, Québec, QC",
        "IN, KA, Karnataka",
        "CN, Guangdong, Guangdong",
        "DE, NRW, NRW"
    })
    void a_state_is_normalised_to_its_postal_key_where_that_is_latin(String country, String written, String key) {
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        order.putObject("shipTo").put("country", country).put("state", written);
        Addresses.normalise(order);
        assertThat(order.at("/shipTo/state").textValue()).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({"AC", "XK", "DE", "HK", "PR", "AX"})
    void every_country_of_the_posts_is_known(String country) {
        assertThat(Addresses.knows(country)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"ZZ", "UK", "XX", "de"})
    void other_words_are_no_countries(String country) {
        assertThat(Addresses.knows(country)).isFalse();
    }

    private static List<Problem> check(String country, String city, String state, String postalCode) {
        return Addresses.check(address(country, city, state, postalCode), "/shipTo");
    }

    private static Address address(String country, String city, String state, String postalCode) {
        return new Address(
                "Jane", null, "1 Main St", null, null, city, state, postalCode, country, null, null, null, null);
    }
}
