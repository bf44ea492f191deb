package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerbsTest {
    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0} of {1} is {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "from: a                                  | \"  x \"              | \"x\"",
                "from: a, trim: \"'\"                     | \"'02138\"            | \"02138\"",
                "from: a, trim: \"'\"                     | \"０２１３８\"           | \"02138\"",
                "from: a                                  | \"中山路１号\"           | \"中山路１号\"",
                "from: a, case: upper                     | \"straße\"            | \"STRASSE\"",
                "from: a, case: title                     | \"JANE o'NEIL\"       | \"Jane O'Neil\"",
                "from: a, replace: { \"#\": \"\" }        | \"#1001\"             | \"1001\"",
                "from: a, split: \";\"                    | \"x; y;;z\"           | [\"x\",\"y\",\"z\"]",
                "from: a, split: { by: \"-\", part: -1 }  | \"DE-BY-80331\"       | \"80331\"",
                "from: a, split: \";\", int: true         | \"1;2\"               | [1,2]",
                "from: a, int: true                       | \"１２\"                | 12",
                "from: a, int: true                       | \"3.0\"               | 3",
                "from: a, int: true                       | \"3.5\"               | NOT_A_WHOLE_NUMBER",
                "from: a, int: true                       | \"3,00\"              | 3",
                "from: a, int: true                       | \"1.0000\"            | 1",
                "from: a, int: true                       | \"0.000\"             | 0",
                "from: a, int: true                       | 1.000                 | 1",
                "from: a, int: true                       | \"1,000\"             | THOUSAND_OR_DECIMAL",
                "from: a, int: true                       | \"1.000\"             | THOUSAND_OR_DECIMAL",
                "from: a, int: true                       | \"-12,000,000\"       | THOUSAND_OR_DECIMAL",
                "from: a, int: true                       | \"１，０００\"           | THOUSAND_OR_DECIMAL",
                "from: a, decimal: \".\", int: true       | \"1,000\"             | 1000",
                "from: a, decimal: \",\", int: true       | \"1.000\"             | 1000",
                "from: a, decimal: \".\", int: true       | \"3.000\"             | 3",
                "from: a, int: true                       | \"1.2E+15\"           | NOT_A_WHOLE_NUMBER",
                "from: a, int: true                       | \"99999999999999999999\" | NOT_A_WHOLE_NUMBER",
                "from: a, decimal: \",\"                  | \"1.234,50\"          | 1234.50",
                "from: a, decimal: \",\"                  | \"1.23\"              | NOT_A_NUMBER",
                "from: a, decimal: \".\"                  | \"1,234.50\"          | 1234.50",
                "from: a, decimal: \",\"                  | \"0.125\"             | NOT_A_NUMBER",
                "from: a, decimal: \".\"                  | \"-0,750\"            | NOT_A_NUMBER",
                "from: a, decimal: \",\"                  | \"0.000\"             | 0",
                "from: a, decimal: \",\"                  | \"001.250\"           | 1250",
                "from: a, decimal: \".\"                  | \"12.50-\"            | -12.50",
                "from: a, decimal: \".\"                  | \"１２．５\"             | 12.5",
                "from: a, decimal: \".\"                  | \"(12.50)\"           | -12.50",
                "from: a, decimal: \",\"                  | \"( 1.234,50 )\"      | -1234.50",
                "from: a, decimal: \".\"                  | \"\u221212.50\"        | -12.50",
                "from: a, decimal: \",\"                  | \"1.234,50 \u2212\"    | -1234.50",
                "from: a, decimal: \".\"                  | \"（.75）\"             | -0.75",
                "from: a, decimal: \".\"                  | \"(-12.50)\"          | NOT_A_NUMBER",
                "from: a, decimal: \".\"                  | \"(12.50)-\"          | NOT_A_NUMBER",
                "from: a, decimal: \".\"                  | \"(12.50-)\"          | NOT_A_NUMBER",
                "from: a, decimal: \".\"                  | \"(12.50\"            | NOT_A_NUMBER",
                "from: a, decimal: \".\"                  | \"()\"                | NOT_A_NUMBER",
                "from: a, decimal: \".\"                  | \"((12.50))\"         | NOT_A_NUMBER",
                "from: a, decimal: \".\"                  | \"\u2212\"             | NOT_A_NUMBER",
                "from: a, decimal: \".\", int: true       | \"(1,000)\"           | -1000",
                "from: a, decimal: \".\"                  | \".75\"               | 0.75",
                "from: a, decimal: \",\"                  | \"-,5\"               | -0.5",
                "from: a, decimal: \".\"                  | \".\"                 | NOT_A_NUMBER",
                "from: a, decimal: \",\"                  | \".750\"              | NOT_A_NUMBER",
                "expr: 'dec-mul(.a, 2)'                   | \".75\"               | 1.50",
                "from: a, decimal: \".\"                  | \"1e5\"               | NOT_A_NUMBER",
                "from: a, decimal: \".\"                  | 1e400                 | NOT_A_NUMBER",
                "from: a, decimal: \".\", scale: 2        | \"2.345\"             | 2.35",
                "from: a, scale: currency, currency: KWD  | 1.2345                | \"1.235\"",
                "from: a, scale: currency, currency: JPY  | 1234.5                | \"1235\"",
                "from: a, scale: currency, currency: USD  | 1                     | \"1.00\"",
                "from: a, unit: g -> kg                   | 1200                  | 1.2",
                "from: a, unit: lb -> kg, scale: 3        | \"1\"                 | 0.454",
                "from: a, decimal: \".\", currency: EUR   | \"9.4\"               | \"9.4\"",
                "from: a, country: alpha2                 | \"德国\"                | \"DE\"",
                "from: a, country: alpha3                 | \"Germany\"           | \"DEU\"",
                "from: a, country: alpha2                 | \"Atlantis\"          | NOT_A_COUNTRY",
                "from: a, date: \"dd.MM.yyyy\"            | \"24.11.2026\"        | \"2026-11-24\"",
                "from: a, date: \"dd.MM.yyyy\"            | \"31.02.2026\"        | NOT_A_DATE",
                "from: a, date: yyyy年M月d日               | \"2026年11月24日\"      | \"2026-11-24\"",
                "from: a, date: yyyy年M月d日               | \"２０２６年１１月２４日\"  | \"2026-11-24\"",
                "from: a, date: [yyyy-MM-dd, dd.MM.yyyy]  | \"24.11.2026\"        | \"2026-11-24\"",
                "from: a, date: iso                       | \"2026-11-24T09:30:00Z\" | \"2026-11-24T09:30:00Z\"",
                "from: a, date: iso                       | \"2026-11-24T09:30:00.123+01:00\" | \"2026-11-24T09:30:00.123+01:00\"",
                "from: a, date: iso                       | \"0001-01-01T00:00:00Z\" | NOT_A_DATE",
                "from: a, date: epoch                     | 1764500000            | \"2025-11-30T10:53:20Z\"",
                "from: a, date: epoch                     | \"1764500000\"         | \"2025-11-30T10:53:20Z\"",
                "from: a, date: epoch                     | 1764500000123         | NOT_A_DATE",
                "from: a, date: epoch                     | \"20261124\"           | NOT_A_DATE",
                "from: a, date: epoch                     | \"0000000000\"         | NOT_A_DATE",
                "from: a, date: epoch-ms                  | \"0000000000000\"      | NOT_A_DATE",
                "from: a, date: epoch-ms                  | 1764500000123         | \"2025-11-30T10:53:20.123Z\"",
                "from: a, date: epoch-ms                  | 1764500000            | NOT_A_DATE",
                "from: a, date: [epoch, epoch-ms]         | 1764500000123         | \"2025-11-30T10:53:20.123Z\"",
                "from: a, date: epoch, as: \"dd.MM.yyyy HH:mm\", zone: Europe/Berlin | 1764500000 | \"30.11.2025 11:53\"",
                "from: a, date: iso                       | \"0001-01-01T00:00:00+01:00\" | NOT_A_DATE",
                "from: a, date: dd.MM.y                   | \"24.11.26\"          | NOT_A_DATE",
                "from: a, date: dd.MM.y                   | \"24.11.2026\"        | \"2026-11-24\"",
                "from: a, date: iso                       | \"2026-11-24T09:30:00.1234567Z\" | \"2026-11-24T09:30:00.1234567Z\"",
                "from: a, date: iso                       | \"2026-11-24T09:30:00.0000000+01:00\" | \"2026-11-24T09:30:00+01:00\"",
                "from: a, date: iso, zone: UTC            | \"2026-11-24 09:30:00.12345\" | \"2026-11-24T09:30:00.12345Z\"",
                "from: a, date: iso                       | \"2026-11-24T09:30:00,5Z\" | \"2026-11-24T09:30:00.5Z\"",
                "from: a, date: iso                       | \"2026-11-24T09:30:00.Z\" | NOT_A_DATE",
                "from: a, date: iso                       | \"2026-11-24T09:30:00.1234567890Z\" | NOT_A_DATE",
                "from: a, date: iso                       | \"2026-11-24T09:30:00\" | NO_ZONE",
                "from: a, date: \"yyyy-MM-dd HH:mm\", zone: Europe/Berlin | \"2026-07-24 09:30\" | \"2026-07-24T09:30:00+02:00\"",
                "from: a, max: 3                          | \"abcd\"              | TOO_LONG",
                "from: a, max: 3, tooLong: cut            | \"ab😀cd\"             | \"ab😀\"",
                "from: a, int: true, min: 1               | \"0\"                 | OUT_OF_RANGE",
                "from: a, int: true, max: 9               | \"10\"                | OUT_OF_RANGE",
                "from: a, min: 3                          | \"ab\"                | TOO_SHORT",
                "from: a, required: true                  | \" \"                 | REQUIRED",
                "from: a, default: none                   | null                  | \"none\"",
                "from: a, int: true, default: 1           | \"\"                  | 1",
                "from: [b, a]                             | \"second\"            | \"second\"",
                "join: [a, b, a], with: \"-\"             | \"x\"                 | \"x-x\"",
                "const: acme                              | 1                     | \"acme\"",
                "from: a                                  | \"４５０７８９４６９１２３４５６７\" | \"4507894691234567\"",
                "from: a                                  | 45078946912345678901  | 45078946912345678901",
                "from: a                                  | \"Ａ－１，Ｂ\"            | \"A-1,B\"",
                "from: a, case: lower                     | \"ABC\"               | \"abc\"",
                "from: a, scale: 0                        | 2.5                   | 3",
                "from: a, min: 1                          | 0.5                   | OUT_OF_RANGE",
                "from: a, max: 3, tooLong: warn           | \"abcd\"              | \"abcd\"",
                "from: a, unit: in -> cm                  | 10                    | 25.4",
                "from: a, country: alpha2                 | \"ＤＥ\"                | \"DE\"",
                "from: a, date: \"MM/dd/yyyy hh:mm a\", zone: UTC | \"11/24/2026 01:30 PM\" | \"2026-11-24T13:30:00Z\"",
                "from: a, date: iso, zone: Asia/Shanghai  | \"2026-11-24 09:30\"  | \"2026-11-24T09:30:00+08:00\"",
                "from: a, date: \"yyyy-MM-dd HH:mm\", zone: Europe/Berlin | \"2026-03-29 02:30\" | TIME_LEFT_OUT",
                "from: a, date: \"yyyy-MM-dd HH:mm\", zone: Europe/Berlin | \"2026-03-29 03:30\" | \"2026-03-29T03:30:00+02:00\"",
                "from: a, date: \"yyyy-MM-dd HH:mm\", zone: Europe/Berlin | \"2026-10-25 02:30\" | \"2026-10-25T02:30:00+02:00\"",
                "from: a, date: \"dd.MM.yyyy\", zone: Europe/Berlin | \"24.11.2026\" | \"2026-11-24\"",
                "from: a, date: iso, as: \"dd.MM.yyyy HH:mm\", zone: Europe/Berlin | \"2026-11-24T23:30:02.118Z\" | \"25.11.2026 00:30\"",
                "from: a, date: iso, as: \"dd.MM.yyyy HH:mm\", zone: Europe/Berlin | \"2026-11-24T23:30:02.986663Z\" | \"25.11.2026 00:30\"",
                "from: a, date: iso, as: yyyyMMdd          | \"2026-11-24T23:30:00-05:00\" | \"20261124\"",
                "from: a, date: iso, as: HHmmss, zone: UTC | \"2026-11-24T23:30:00-05:00\" | \"043000\"",
                "from: a, date: iso, as: d.M.yy            | \"2026-11-04\"        | \"4.11.26\"",
                "from: a, date: dd.MM.yyyy, as: \"MM/dd/yyyy\" | \"24.11.2026\"      | \"11/24/2026\"",
                "from: a, date: iso, as: \"dd.MM.yyyy HH:mm\", zone: UTC | \"2026-11-24\" | NOT_A_DATE",
                "from: a, date: \"yyyy-MM-dd HH:mm\", as: HH:mm, zone: Europe/Berlin | \"2026-03-29 02:30\" | TIME_LEFT_OUT",
                "from: a, date: iso                       | \"2026-02-29T09:30:00Z\" | NOT_A_DATE",
                "from: a, date: iso                       | \"2028-02-29T09:30:00Z\" | \"2028-02-29T09:30:00Z\"",
                "from: a, date: iso                       | \"2026-11-24T09:30:00+00:00\" | \"2026-11-24T09:30:00Z\"",
                "from: a, date: \"yyyy年M月d日 HH:mm\", zone: Asia/Shanghai | \"2026年11月24日 9:30\" | NOT_A_DATE",
                "from: a, date: \"yyyy年M月d日 H:mm\", zone: Asia/Shanghai | \"2026年11月24日 9：30\" | \"2026-11-24T09:30:00+08:00\"",
                "from: a, when: { from: a, in: [x] }      | \"x\"                 | \"x\"",
                "const: y, when: { from: a, in: [0] }     | 0.0                   | \"y\"",
                "const: y, when: { from: a, in: [0.00] }  | 0                     | \"y\"",
                "const: y, when: { from: a, notIn: [0] }  | 0.0                   | nothing",
                "const: y, when: { from: a, notIn: [100] } | 1e2                  | nothing",
                "const: y, when: { from: a, in: [0] }     | 0.5                   | nothing",
                "const: y, when: { from: a, in: [1] }     | \"01\"                | nothing",
                "const: y, when: { from: a, in: [1] }     | \"1.0\"               | nothing",
                "const: y, when: { from: a, in: [x, 1.0] } | \"1.0\"              | \"y\"",
                "const: y, when: { expr: \"dec-sub(.a, 2)\", in: [0] } | 2.00     | \"y\"",
                "const: y, when: { expr: \".a * 0.5\", notIn: [0] } | 0           | nothing",
                "from: a, when: { from: a, notIn: [x] }   | \"x\"                 | nothing",
                "from: a, when: [{ from: a, in: [x] }, { from: b, empty: true }]  | \"x\" | \"x\"",
                "from: a, when: [{ from: a, in: [x] }, { from: b, empty: false }] | \"x\" | nothing",
                "from: a, when: [{ from: a, in: [y] }, { from: b, empty: true }]  | \"x\" | nothing",
                "from: a, when: { from: [b, a], empty: false } | \"x\"            | \"x\"",
                "from: a, required: true, when: { from: b, empty: false } | \"x\" | nothing",
                "expr: \"dec-sub(.a, 0.2)\"               | 0.3                   | 0.1",
                "expr: \"dec-sum([0.1, 0.2, .a])\"        | 0.3                   | 0.6",
                "expr: \"dec-mul(.a, \\\"1.10\\\")\"      | \"0.1\"               | 0.110",
                "expr: \"dec-add(.a, .b)\"                | \"0.1\"               | nothing",
                "expr: \"\\\"/o/\\\" + url-part(.a)\"      | \"A/1?b 2\"           | \"/o/A%2F1%3Fb%202\"",
                "expr: \"url-part(.a)\"                  | 7                     | \"7\"",
                "expr: \"url-part(.b)\"                  | 7                     | nothing",
                "expr: \"url-part([.a])\"                | 7                     | EXPRESSION_FAILED",
                "expr: \"dec-sum([.a, .a])\"              | \"abc\"               | EXPRESSION_FAILED",
                "expr: \"1 / .a\"                         | 0                     | EXPRESSION_FAILED",
                "expr: \"1.5 / .a\"                       | 0.0                   | EXPRESSION_FAILED",
                "expr: \"split(.a, .a)\"                  | \"(\"                 | EXPRESSION_FAILED",
                "from: a, case: upper                     | [\"x\", null, \" \", \"y\"] | [\"X\",\"Y\"]",
                "from: a, case: upper                     | {\"#text\": \"x\", \"@lang\": \"en\"} | WRONG_TYPE",
                "from: a, max: 3, tooLong: cut            | [{\"x\": \"y\"}]       | WRONG_TYPE",
                "join: [b, a]                             | {\"#text\": \"x\", \"@lang\": \"en\"} | WRONG_TYPE",
                "join: [a, b]                             | [\"x\"]               | WRONG_TYPE",
                "from: a, currency: EUR, max: 100         | \"250.00\"            | OUT_OF_RANGE",
                "from: a, currency: EUR, min: 1           | \"0.50\"              | OUT_OF_RANGE",
                "from: a, when: { from: a, in: [x] }      | [\"x\"]               | IS_A_LIST",
                "from: a, when: { from: a, notIn: [x] }   | [\"x\"]               | IS_A_LIST",
                "from: a, when: { from: a, notIn: [x] }   | []                    | nothing",
                "from: a, when: { from: a, empty: false } | [\"x\"]               | [\"x\"]",
                "expr: \"def f(x) f($x) f(.a)\"           | 1                     | EXPRESSION_FAILED",
            })
    void each_verb_does_one_thing(String line, String value, String expected) {
        Mapping mapping = new Fresh(directory).free("out: { " + line + " }\nmark: { const: here }");
        Result result = Fresh.apply(mapping, "{\"a\": " + value + "}");
        String answer = result instanceof Result.Mapped mapped
                ? mapped.tree().path("out").toString()
                : Fresh.problems(result).get(0).code();
        assertThat(answer.isEmpty() ? "nothing" : answer).isEqualTo(expected);
    }

    @Test
    void what_becomes_a_number_is_bounded_by_its_value_also_where_a_file_has_it_as_text() {
        Mapping mapping = new Fresh(directory)
                .order("items[]: { each: lines, fields: { sku: sku, quantity: { from: qty, min: 2, max: 100 } } }");

        assertThat(Fresh.json(Fresh.apply(mapping, "{\"lines\": [{\"sku\": \"A\", \"qty\": \"7\"}]}")))
                .contains("\"quantity\":7");
        assertThat(Fresh.problems(Fresh.apply(mapping, "{\"lines\": [{\"sku\": \"A\", \"qty\": \"5000\"}]}")))
                .singleElement()
                .extracting(Problem::toString)
                .asString()
                .contains("\"5000\" is out of range (expected <= 100)");
        assertThat(Fresh.problems(Fresh.apply(mapping, "{\"lines\": [{\"sku\": \"A\", \"qty\": \"1\"}]}")))
                .extracting(Problem::code)
                .containsExactly("OUT_OF_RANGE");
    }

    @Test
    void a_number_that_becomes_a_text_is_bounded_by_its_length() {
        Mapping mapping = new Fresh(directory)
                .order(
                        "shipTo.postalCode: { from: zip, min: 5, max: 10 }\nshipTo.phone: { from: phone, max: 7, tooLong: cut }");

        assertThat(Fresh.json(Fresh.apply(mapping, "{\"zip\": 50667, \"phone\": 4922155512}")))
                .contains("\"postalCode\":\"50667\"", "\"phone\":\"4922155\"");
        assertThat(Fresh.problems(Fresh.apply(mapping, "{\"zip\": 2138, \"phone\": 1}")))
                .extracting(Problem::code)
                .containsExactly("TOO_SHORT");
    }

    @Test
    void a_currency_or_unit_beside_that_is_null_or_empty_is_none() {
        Mapping mapping = new Fresh(directory)
                .order(
                        "customs.declaredValue: { from: v, scale: currency, currency: { from: [cur, other], default: USD } }\n"
                                + "parcels[0].weight: { from: w, unit: { from: u } }");

        assertThat(Fresh.json(Fresh.apply(mapping, "{\"v\": 12.5, \"cur\": null}")))
                .contains("{\"amount\":\"12.50\",\"currency\":\"USD\"}");
        Mapping one = new Fresh(directory)
                .order("customs.declaredValue: { from: v, scale: currency, currency: { from: cur, default: USD } }");
        for (String nothing : List.of("null", "\" \"", "[]", "{}")) {
            assertThat(Fresh.json(Fresh.apply(one, "{\"v\": 12.5, \"cur\": " + nothing + "}")))
                    .contains("{\"amount\":\"12.50\",\"currency\":\"USD\"}");
        }
        assertThat(Fresh.problems(Fresh.apply(mapping, "{\"w\": 1, \"u\": null}")))
                .extracting(Problem::toString)
                .noneMatch(text -> text.contains("null"));
    }

    @Test
    void a_number_that_becomes_a_text_of_digits_is_bounded_by_its_length() {
        Mapping mapping = new Fresh(directory)
                .order("items[0].sku: { const: A }\nitems[0].hsCode: { from: hs, min: 6, max: 8, tooLong: cut }");

        assertThat(Fresh.json(Fresh.apply(mapping, "{\"hs\": 6109100010}"))).contains("\"hsCode\":\"61091000\"");
        assertThat(Fresh.problems(Fresh.apply(mapping, "{\"hs\": 6109}")))
                .extracting(Problem::code)
                .contains("TOO_SHORT");
    }

    @Test
    void an_expression_that_fails_is_told_with_its_line_and_field() {
        Mapping mapping = new Fresh(directory).free("each: { expr: \"100 / .boxes\" }");

        assertThat(Fresh.problems(Fresh.apply(mapping, "{\"boxes\": 0}")))
                .singleElement()
                .extracting(Problem::toString)
                .isEqualTo("fresh/mapping.yaml:7, row 1, source expr: /each the expression failed: / by zero");
    }

    @Test
    void a_canonical_target_gets_amounts_and_measures_with_their_unit() {
        Mapping mapping = new Fresh(directory).order("""
                        customs.declaredValue: { from: price, decimal: ",", scale: 2, currency: EUR }
                        parcels[0].weight: { from: grams, unit: g -> kg }
                        parcels[0].dimensions.length: { from: mm, unit: mm -> cm }
                        """);
        assertThat(Fresh.json(Fresh.apply(mapping, "{\"price\": \"12,5\", \"grams\": 350, \"mm\": 300}")))
                .contains("\"declaredValue\":{\"amount\":\"12.50\",\"currency\":\"EUR\"}")
                .contains("\"weight\":{\"value\":0.35,\"unit\":\"kg\"}")
                .contains("\"length\":30}");
    }

    @Test
    void an_amount_has_as_many_decimals_as_the_currency_beside_it() {
        Mapping mapping = new Fresh(directory)
                .order("customs.declaredValue: { from: v, scale: currency, currency: { from: c, default: EUR } }");

        assertThat(Fresh.json(Fresh.apply(mapping, "{\"v\": 3.33333, \"c\": \"kwd\"}")))
                .contains("\"amount\":\"3.333\",\"currency\":\"KWD\"");
        assertThat(Fresh.json(Fresh.apply(mapping, "{\"v\": 3.33333}")))
                .contains("\"amount\":\"3.33\",\"currency\":\"EUR\"");
        assertThat(Fresh.problems(Fresh.apply(mapping, "{\"v\": 3.33333, \"c\": \"Taler\"}")))
                .extracting(Problem::code)
                .containsExactly("NOT_A_CURRENCY");
        assertThatThrownBy(() -> new Fresh(directory).order("parcels[0].weight: { from: w, unit: g, scale: currency }"))
                .hasMessageContaining("currency beside a currency");
        for (String none : List.of("currency: usd", "currency: { from: c, default: euro }")) {
            assertThatThrownBy(() -> new Fresh(directory).free("x: { from: v, scale: currency, " + none + " }"))
                    .hasMessageContaining("cannot be used (expected EUR | USD");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yyyy-mm-dd HH:mm",
                "dd.MM.yyyy HH:MM",
                "yyyyMMddHHMM",
                "dd/mm/yy",
                "yyyy-MM-DD",
                "YYYY-MM-dd",
                "hh:mm",
                "HH:mm:SS",
                "HH:mm z",
                "HH:mm VV"
            })
    void a_pattern_that_would_write_another_time_than_it_seems_to_or_none_is_refused(String pattern) {
        assertThatThrownBy(() -> new Fresh(directory).free("x: { from: a, date: iso, as: \"" + pattern + "\" }"))
                .hasMessageContaining("as: \"" + pattern + "\" cannot be used");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yyyyDDD",
                "yyyy-'W'ww",
                "h:mm a",
                "yyyyMM",
                "EEE, dd MMM yyyy HH:mm:ss Z",
                "M/d/yy h:mma",
                "yyyy年M月d日 HH时mm分",
                "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
                "HHmmss",
                "HH:mm dd.MM.",
                "yyyyMMddHH"
            })
    void a_pattern_of_a_part_of_a_time_is_one(String pattern) {
        Mapping mapping = new Fresh(directory).free("x: { from: a, date: iso, as: \"" + pattern + "\" }");
        assertThat(Fresh.apply(mapping, "{\"a\": \"2026-11-24T09:30:00Z\"}")).isInstanceOf(Result.Mapped.class);
    }

    @Test
    void the_name_of_a_zone_is_written_where_one_is_given() {
        Mapping mapping = new Fresh(directory).free("x: { from: a, date: iso, as: \"HH:mm z\", zone: Europe/Berlin }");
        assertThat(Fresh.json(Fresh.apply(mapping, "{\"a\": \"2026-11-24T09:30:00Z\"}")))
                .contains("10:30 CET");
    }

    @Test
    void a_date_alone_is_its_midnight_where_a_moment_is_wanted_and_asks_for_the_zone_it_lacks() {
        Mapping there = new Fresh(directory)
                .order("placedAt: { from: d, date: dd.MM.yyyy, zone: Europe/Berlin }\n"
                        + "options.shipDate: { from: d, date: dd.MM.yyyy, zone: Europe/Berlin }");
        assertThat(Fresh.json(Fresh.apply(there, "{\"d\": \"24.11.2026\"}")))
                .contains("\"placedAt\":\"2026-11-24T00:00:00+01:00\"")
                .contains("\"shipDate\":\"2026-11-24\"");

        Mapping nowhere = new Fresh(directory).order("placedAt: { from: d, date: dd.MM.yyyy }");
        assertThat(Fresh.problems(Fresh.apply(nowhere, "{\"d\": \"24.11.2026\"}")))
                .extracting(Problem::code)
                .containsExactly("NO_ZONE");
    }

    @Test
    void a_time_that_a_zone_shows_twice_is_told() {
        Mapping mapping =
                new Fresh(directory).order("placedAt: { from: d, date: \"yyyy-MM-dd HH:mm\", zone: Europe/Berlin }");
        Result result = Fresh.apply(mapping, "{\"d\": \"2026-10-25 02:30\"}");
        assertThat(Fresh.problems(result)).isEmpty();
        assertThat(((Result.Mapped) result).warnings())
                .extracting(problem -> problem.code() + " " + problem.values().get("written"))
                .containsExactly("TIME_SHOWN_TWICE 2026-10-25T02:30:00+02:00");
    }

    @Test
    void a_unit_or_currency_may_stand_in_another_field() {
        Mapping mapping = new Fresh(directory).order("""
                        items[]:
                          each: lines
                          fields:
                            sku: sku
                            weight: { from: w, unit: { from: u } }
                            unitPrice: { from: p, currency: { from: $.cur } }
                        """);
        assertThat(Fresh.json(Fresh.apply(
                        mapping,
                        "{\"cur\": \"usd\", \"lines\": [{\"sku\": 1, \"w\": 2, \"u\": \"LBS\", \"p\": \"3\"}]}")))
                .contains(
                        "{\"sku\":\"1\",\"weight\":{\"value\":2,\"unit\":\"lb\"},\"unitPrice\":{\"amount\":\"3\",\"currency\":\"USD\"}}");
        assertThat(Fresh.problems(Fresh.apply(
                        mapping,
                        "{\"cur\": \"coins\", \"lines\": [{\"sku\": 1, \"w\": 2, \"u\": \"stone\", \"p\": \"3\"}]}")))
                .extracting(problem -> problem.code() + " " + problem.pointer() + " " + problem.hint(Locale.ENGLISH))
                .containsExactly(
                        "NOT_A_UNIT /items/0/weight Beside it stands \"stone\".",
                        "NOT_A_CURRENCY /items/0/unitPrice Beside it stands \"COINS\".");
    }

    @Test
    void a_numbered_element_of_constants_alone_is_left_out() {
        Mapping mapping = new Fresh(directory).order("""
                        identifiers[0].system: { const: shop }
                        identifiers[0].value: { from: shop }
                        identifiers[1].system: { const: erp }
                        identifiers[1].value: { from: erp }
                        """);
        assertThat(Fresh.json(Fresh.apply(mapping, "{\"erp\": \"7\"}")))
                .contains("\"identifiers\":[{\"system\":\"erp\",\"value\":\"7\"}]");
        assertThat(Fresh.json(Fresh.apply(mapping, "{\"x\": 1}"))).doesNotContain("identifiers");
    }

    @Test
    void a_default_is_fitted_to_its_target_as_a_constant_is() {
        Mapping mapping = new Fresh(directory).order("reference: { from: r, default: 4711 }\naccount: { const: 4711 }");
        assertThat(Fresh.json(Fresh.apply(mapping, "{\"x\": 1}")))
                .contains("\"reference\":\"4711\"", "\"account\":\"4711\"");
    }

    @Test
    void a_lookup_may_have_a_default_of_its_own() {
        String table = "lookups:\n  t: { values: { STD: ground }, onMissing: default, default: economy }\n"
                + "writes: free\nreads: { format: json }\nfields: { out: { from: a, lookup: t } }";
        Mapping mapping = new Fresh(directory).get(table);
        assertThat(Fresh.json(Fresh.apply(mapping, "{\"a\": \"STD\"}"))).isEqualTo("{\"out\":\"ground\"}");
        assertThat(Fresh.json(Fresh.apply(mapping, "{\"a\": \"X\"}"))).isEqualTo("{\"out\":\"economy\"}");
    }

    @Test
    void lists_nest_and_take_only_the_elements_that_are_wanted() {
        Mapping mapping = new Fresh(directory)
                .free(
                        "boxes[]:\n  each: boxes\n  when: { from: state, notIn: [empty] }\n  fields:\n    id: id\n    shop: $.shop\n"
                                + "    lines[]: { each: lines, when: { from: qty, notIn: [\"0\"] }, fields: { sku: sku, qty: qty } }\n");
        assertThat(
                        Fresh.json(
                                Fresh.apply(
                                        mapping,
                                        "{\"shop\": 7, \"boxes\": [{\"id\": 1, \"state\": \"empty\"}, {\"id\": 2, \"lines\": [{\"sku\": \"A\", \"qty\": 0}, {\"sku\": \"B\", \"qty\": 2}]}]}")))
                .isEqualTo("{\"boxes\":[{\"id\":2,\"shop\":7,\"lines\":[{\"sku\":\"B\",\"qty\":2}]}]}");
    }

    @Test
    void a_number_with_its_unit_or_currency_beside_it_is_refused_with_what_takes_that_off() {
        String line = "writes: free\nreads: { format: json }\nfields: { out: { from: a, %s } }";
        Fresh fresh = new Fresh(directory);
        Mapping weight = fresh.get(line.formatted("decimal: \",\", unit: g"));
        for (String written : List.of("EUR 12,00", "2,5 kg", "1.200,50€")) {
            assertThat(Fresh.problems(Fresh.apply(weight, "{\"a\": \"" + written + "\"}")))
                    .singleElement()
                    .asString()
                    .contains("\"" + written + "\" is not a number (expected 1.234,56 with nothing beside it: trim (");
        }
        assertThat(Fresh.json(Fresh.apply(
                        fresh.get(line.formatted("trim: \" kg\", decimal: \",\", unit: kg -> g")),
                        "{\"a\": \"2,5 kg\"}")))
                .isEqualTo("{\"out\":2500}");
    }

    @Test
    void a_lookup_misses_with_the_nearest_word_keeps_or_leaves_empty() {
        String table = "lookups:\n  t: { values: { STD: ground, SAT: true }, onMissing: %s }\n"
                + "writes: free\nreads: { format: json }\nunmapped: off\nfields: { out: { from: a, lookup: t, default: none } }";
        Fresh fresh = new Fresh(directory);
        assertThat(Fresh.json(Fresh.apply(fresh.get(table.formatted("error")), "{\"a\": \"ＳＴＤ\"}")))
                .isEqualTo("{\"out\":\"ground\"}");
        assertThat(Fresh.problems(Fresh.apply(fresh.get(table.formatted("error")), "{\"a\": \"STDD\"}")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.values())
                        .containsEntry("nearest", "STD")
                        .containsEntry("source", "a")
                        .containsEntry("value", "STDD"));
        assertThat(Fresh.json(Fresh.apply(fresh.get(table.formatted("keep")), "{\"a\": \"X\"}")))
                .isEqualTo("{\"out\":\"X\"}");
        assertThat(Fresh.json(Fresh.apply(fresh.get(table.formatted("empty")), "{\"a\": \"X\"}")))
                .isEqualTo("{\"out\":\"none\"}");
    }
}
