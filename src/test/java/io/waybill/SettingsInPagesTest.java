package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Accounts;
import io.waybill.carrier.Carriers;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings file tells of every setting the hub reads, and a page of none that nobody reads. */
class SettingsInPagesTest {
    private static final String SETTINGS = "config/waybill.properties";
    private static final List<String> SECTIONS = List.of(
            "waybill.http",
            "backup",
            "originals",
            "retention",
            "trace",
            "dispatch",
            "tracking",
            "nodes",
            "load",
            "readiness",
            "assess",
            "rates");
    private static final String NAMED = "source|sink|account|system|kafka|datasource|station|namespace|rule|service";
    private static final Pattern SET = Pattern.compile("(?m)^#? ?([a-z]+\\.[\\w.-]+)=");
    private static final Pattern READ_BY_A_ROUTE = Pattern.compile("\\{\\{\\??([a-z]+\\.[\\w.-]+)");
    private static final Pattern READ_BY_A_MAPPING = Pattern.compile("\\bpartner\\.\\w+");
    private static final Pattern TOLD_OF = Pattern.compile("(?m)(?<=`|^ {4,8}|^)((?:" + NAMED
            + "|waybill|defaults|nodes|disk|load|dispatch|tracking|backup|originals|retention|trace|readiness|assess|rates|hub)"
            + "\\.(?:<[^>\\s]+>|[\\w-]+)(?:\\.[\\w.-]+)?)(?==|`)");

    /** Which look like settings and are none: events, files, what a shop is told, what a span says, a setting of Kafka's, one of tests. */
    private static final Set<String> OTHERS = Set.of(
            "hub.test",
            "tracking.updated",
            "rates.csv",
            "waybill.cmd",
            "waybill.trace.db",
            "retention.ms",
            "waybill.failpoint",
            "waybill.label_cost",
            "waybill.order",
            "waybill.account",
            "waybill.sink",
            "waybill.type",
            "waybill.event",
            "waybill.outcome");

    @TempDir
    Path folder;

    @Test
    void the_empty_sheet_that_the_page_hands_out_is_read_by_the_settings_as_they_come() throws Exception {
        assertThat(Files.readAllLines(Path.of(SETTINGS))).contains("source.sheet.mapping=excel-template");
        assertThat(Files.readString(Path.of("README.md"))).contains("which the source `sheet` reads by");
    }

    @Test
    void every_key_the_hub_reads_stands_in_the_settings_file() throws IOException {
        StringBuilder settings = new StringBuilder(Files.readString(Path.of(SETTINGS)));
        SECTIONS.forEach(section -> settings.append('\n').append(section).append(".unheardOf=1"));
        Path asked = Files.writeString(folder.resolve("waybill.properties"), settings);
        String told = CommandRun.of("check", "--lang", "en", "--config", asked.toString())
                .err();
        Set<String> written = keys(SET, Files.readString(Path.of(SETTINGS)));

        for (String section : SECTIONS) {
            String known = told.replaceAll("(?s).*" + section + "\\.unheardOf \\(expected one of: ([^)]*)\\).*", "$1");
            assertThat(known).as(section).doesNotContain("unheardOf");
            assertThat(Stream.of(known.split(", ", -1)).map(key -> section + "." + key))
                    .isSubsetOf(written);
        }
    }

    @Test
    void every_setting_of_a_page_is_read() throws IOException {
        Set<String> read = read();
        List<String> unread = new ArrayList<>();
        ProjectPages.all()
                .forEach((page, text) -> TOLD_OF.matcher(text)
                        .results()
                        .map(told -> told.group(1))
                        .filter(told -> !OTHERS.contains(told) && !read.contains(unnamed(told)))
                        .filter(told -> !told.matches("(?:" + NAMED + ")\\.[^.]+|source\\.[^.]+\\.(?:hook|send)"))
                        .forEach(told -> unread.add(page + ": " + told)));

        assertThat(read).hasSizeGreaterThan(200);
        assertThat(unread).isEmpty();
    }

    @Test
    void a_setting_that_is_pasted_has_no_comment_behind_its_value() {
        Pattern commented = Pattern.compile("(?m)^ {4,}(?:" + NAMED + "|waybill|hub|defaults)\\.\\S+=\\S* +#.*$");

        ProjectPages.all()
                .forEach((page, text) -> assertThat(commented.matcher(text).results())
                        .as(page + ": a file of settings takes it for the value")
                        .isEmpty());
    }

    @Test
    void the_account_of_the_readme_opens() throws IOException {
        for (String page : List.of("README.md", "README.zh-CN.md")) {
            String lines = Files.readString(Path.of(page))
                    .lines()
                    .filter(line -> line.startsWith("    account.ups-acme.") || line.startsWith("    service."))
                    .map(String::strip)
                    .collect(Collectors.joining("\n"));
            Settings settings = Settings.of(lines, Map.of("UPS_CLIENT_ID", "id", "UPS_CLIENT_SECRET", "secret"));

            assertThat(new Accounts(settings.section("account"), new Carriers()).find("ups-acme"))
                    .as(page)
                    .isPresent();
        }
    }

    /** By the settings file, by a route, as the partner of a mapping, or to sign in to a system, of which one sentence tells. */
    private static Set<String> read() throws IOException {
        String file = Files.readString(Path.of(SETTINGS));
        Set<String> read = keys(SET, file);
        read.addAll(keys(Pattern.compile("(?:also |Default )(defaults(?:\\.\\w+)+)"), file));
        read.addAll(keys(READ_BY_A_ROUTE, texts(Path.of("routes"))));
        keys(READ_BY_A_MAPPING, texts(Path.of("mappings"))).forEach(partner -> read.add("sink.*." + partner));
        String login = file.substring(file.indexOf("auth: none"), file.indexOf("perSecond: calls"));
        Pattern.compile("\\w+").matcher(login).results().forEach(word -> read.add("system.*." + word.group()));
        return read;
    }

    private static Set<String> keys(Pattern pattern, String text) {
        Set<String> keys = new TreeSet<>();
        pattern.matcher(text).results().forEach(key -> keys.add(unnamed(key.group(key.groupCount()))));
        return keys;
    }

    private static String unnamed(String key) {
        return key.replaceFirst("^(" + NAMED + ")\\.(?:<[^>]+>|[^.]+)", "$1.*");
    }

    private static String texts(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}
