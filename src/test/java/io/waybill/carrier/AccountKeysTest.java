package io.waybill.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/carriers.md and the settings file name every key that an account is asked for. */
class AccountKeysTest {
    private static final String BEGIN = "<!-- needed: written by AccountKeysTest -->\n";
    private static final String END = "<!-- end of needed -->";

    /** What each adapter cannot be opened without. */
    private static final Map<String, List<String>> NEEDED = Map.of(
            "declared", List.of("description=label-platform", "appKey=a", "appSecret=env:S"),
            "dhl-express", List.of("number=123456789", "username=env:S", "password=env:S"),
            "dhl-parcel-de",
                    List.of("apiKey=env:S", "username=env:S", "password=env:S", "billingNumber.V01PAK=33333333330101"),
            "easypost", List.of("apiKey=env:S"),
            "fedex", List.of("number=123456789", "clientId=env:S", "clientSecret=env:S"),
            "sandbox", List.of(),
            "ups", List.of("number=A1B2C3", "clientId=env:S", "clientSecret=env:S"),
            "usps", List.of("crid=123456", "mid=123456", "number=1", "clientId=env:S", "clientSecret=env:S"),
            "yunexpress", List.of("appId=env:S", "appSecret=env:S", "sourceKey=env:S"));

    @Test
    void every_key_an_adapter_reads_is_told_of() throws IOException {
        String page = Files.readString(Path.of("docs/carriers.md")) + Files.readString(Path.of("docs/declared.md"));
        String file = Files.readString(Path.of("config/waybill.properties"));

        assertThat(new Carriers().all()).extracting(CarrierFactory::id).containsOnlyElementsOf(NEEDED.keySet());
        for (String adapter : NEEDED.keySet()) {
            for (String key : keys(adapter)) {
                assertThat(page.contains("`" + key + "`") || file.contains("." + key + "="))
                        .as(adapter + ": " + key)
                        .isTrue();
            }
        }
    }

    @Test
    void every_key_that_all_accounts_have_is_told_of_in_one_place() throws IOException {
        String page = Files.readString(Path.of("docs/carriers.md"));
        String common =
                page.substring(page.indexOf("## Settings of every account"), page.indexOf("## Several parcels"));
        Set<String> keys = keys("ups");
        NEEDED.keySet().forEach(adapter -> {
            if (!adapter.equals("sandbox")) {
                keys.retainAll(keys(adapter));
            }
        });

        assertThat(keys)
                .contains("adapter", "settle", "voidWindow")
                .allSatisfy(key -> assertThat(common).contains("`" + key + "`"));
    }

    @Test
    void the_page_says_what_an_account_cannot_do_without() throws IOException {
        StringBuilder table = new StringBuilder("| `adapter` | cannot do without |\n|---|---|\n");
        for (String adapter : new TreeSet<>(NEEDED.keySet())) {
            List<String> given = new ArrayList<>(List.of("adapter=" + adapter, "mode=test"));
            given.addAll(NEEDED.get(adapter));
            assertThat(isOpened(given)).as(adapter).isTrue();
            String needed = given.stream()
                    .filter(line -> !line.startsWith("adapter=") && !isOpened(without(given, line)))
                    .map(line -> "`" + line.replaceAll("=.*", "") + "`")
                    .collect(Collectors.joining(", "));
            table.append("| `%s` | %s |\n".formatted(adapter, needed.isEmpty() ? "nothing else" : needed));
        }
        String page = Files.readString(Path.of("docs/carriers.md"));

        assertThat(page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END)))
                .as("put this into docs/carriers.md")
                .isEqualTo(table.toString());
    }

    private static List<String> without(List<String> lines, String one) {
        return lines.stream().filter(line -> !line.equals(one)).toList();
    }

    private static boolean isOpened(List<String> lines) {
        String text = lines.stream().map(line -> "account.a." + line + "\n").collect(Collectors.joining());
        Settings settings = Settings.of(text, Map.of("S", "EZTK1"));
        try {
            return new Accounts(settings.section("account"), new Carriers())
                    .find("a")
                    .isPresent();
        } catch (ProblemException missing) {
            return false;
        }
    }

    /** All it knows, by the words of its refusal of one it does not; of groups and of a next secret the docs tell once. */
    private static Set<String> keys(String adapter) {
        StringBuilder text = new StringBuilder("account.a.adapter=" + adapter + "\naccount.a.mode=test\n");
        NEEDED.getOrDefault(adapter, List.of())
                .forEach(line -> text.append("account.a.").append(line).append('\n'));
        Settings settings = Settings.of(text + "account.a.unheardOf=1\n", Map.of("S", "EZTK1"));
        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> new Accounts(settings.section("account"), new Carriers()));
        Set<String> keys = new TreeSet<>(
                List.of(refused.problems().get(0).values().get("known").split(", ", -1)));
        keys.removeIf(key -> key.endsWith(".next")
                || key.startsWith("breaker.")
                || key.startsWith("retries.")
                || (key.startsWith("billingNumber.") && !key.equals("billingNumber.V01PAK")));
        return keys;
    }
}
