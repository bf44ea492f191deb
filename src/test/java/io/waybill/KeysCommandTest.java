package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.access.Scope;
import io.waybill.api.SelfSigned;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same commands whether a hub runs on the data folder or not. */
class KeysCommandTest {
    @TempDir
    Path folder;

    @Test
    void without_a_hub_the_database_is_opened() throws IOException {
        String config = config();
        CommandRun.begin(config);
        assertKeysWork(config);
        assertThat(run("exceptions", config).out()).contains("0 open exceptions");
        assertThat(run("replay", config, "evt_none").err()).contains("there is no delivery evt_none");
        assertThat(run("replay", config, "evt_none", "--discard", "nobody needs it")
                        .err())
                .contains("there is no delivery evt_none that can be discarded");
    }

    @Test
    void each_option_of_a_key_says_what_it_takes() throws IOException {
        String said = unbroken("keys", "create", "--help");
        assertThat(said)
                .contains("--role=ROLE", "ops,finance,support", "--scopes=SCOPE", "--source=SOURCE")
                .contains("--namespaces=NAMESPACE", "--name=NAME", "--person=NAME", "12h,90d");
        for (Scope scope : Scope.values()) {
            assertThat(said).contains(scope.text());
        }
        assertThat(unbroken("keys", "revoke", "--help")).contains("aslistprintsit");
    }

    /** Its lines end where a terminal does. */
    private static String unbroken(String... arguments) {
        return CommandRun.of(arguments).out().replaceAll("\\s+", "");
    }

    @Test
    void a_person_resolves_and_audits_from_the_command_line() throws IOException {
        String config = config();
        CommandRun.begin(config);

        CommandRun audit = run("audit", config);
        CommandRun resolve =
                run("exceptions", config, "resolve", "exc_none", "--action", "adopt", "--reason", "in the portal");

        assertThat(audit.code()).isZero();
        assertThat(audit.out()).contains("Looked up 0 shipments that were tried more than once: 0 labels found");
        assertThat(resolve.code()).isOne();
        assertThat(resolve.err()).contains("exc_none");
        assertThat(run("exceptions", config, "resolve", "exc_none").code()).isEqualTo(2);
    }

    @Test
    void with_a_hub_the_hub_is_asked_over_its_token_file() throws IOException {
        String config = config();
        Path token = folder.resolve("data/hub.token");
        try (Hub hub = Hub.start(Settings.read(Path.of(config), Map.of(), Map.of()))) {
            assertThat(hub.port()).isPositive();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                    .isEqualTo("rw-------");
            assertKeysWork(config);
        }
        assertThat(token).doesNotExist();
    }

    @Test
    void a_key_is_of_a_system_or_of_a_person_and_of_one_of_them() throws IOException {
        String config = config();
        CommandRun both = run("keys", config, "create", "--name", "shop", "--person", "Jo");
        CommandRun neither = run("keys", config, "create", "--scopes", "read");

        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err()).contains("--name NAME, --person NAME");
        assertThat(neither.code()).isEqualTo(2);
        assertThat(neither.err()).contains("--name NAME, --person NAME");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keys create --name shop --scopes nosuch",
                "keys create --name shop --scopes read --valid-for soon",
                "keys create --name shop --scopes read --namespaces a/b",
                "keys create --name shop",
                "keys create --person Jo --role nosuch",
                "exceptions list --reason nosuch",
                "exceptions resolve exc_none --action nosuch --reason seen",
                "shadow shop --since soon --csv differences.csv",
                "rollout channel shop nosuch --from 2026-12-01",
                "rollout channel shop REST --from today"
            })
    void what_no_option_can_be_is_a_wrong_use(String command) throws IOException {
        String config = config();
        CommandRun.begin(config);
        String[] words = command.split(" ");

        CommandRun refused = run(words[0], config, Arrays.copyOfRange(words, 1, words.length));

        assertThat(refused.code()).as(refused.err()).isEqualTo(2);
        assertThat(refused.err()).isNotBlank();
    }

    @Test
    void a_key_may_end_by_itself() throws IOException {
        String config = config();
        assertThat(run("keys", config, "create", "--person", "Jo", "--role", "ops", "--valid-for", "30d")
                        .code())
                .isZero();
        assertThat(run("keys", config, "create", "--person", "Jo", "--valid-for", "soon")
                        .err())
                .contains("soon")
                .contains("90d");
        assertThat(run("keys", config, "list").out()).contains("expires 2");
    }

    @Test
    void what_is_perhaps_not_meant_of_a_key_is_told_and_the_key_is_made() throws IOException {
        String config = config();
        CommandRun first = run("keys", config, "create", "--person", "Jo");
        CommandRun second = run("keys", config, "create", "--person", "Jo");
        CommandRun blind = run(
                "keys",
                config,
                "create",
                "--name",
                "web",
                "--scopes",
                "read",
                "--source",
                "shop",
                "--namespaces",
                "b2b");

        assertThat(first.err()).doesNotContain("another key");
        assertThat(second.code()).isZero();
        assertThat(second.err()).contains("Jo has another key that works: key_").contains("keys revoke");
        assertThat(blind.out()).contains("wbk_");
        assertThat(blind.err())
                .contains("the source shop brings orders of the namespace shop, which this key does not see");
    }

    @Test
    void what_a_key_cannot_have_is_refused_and_not_left_out() throws IOException {
        String config = config();

        CommandRun source = run("keys", config, "create", "--person", "Jo", "--source", "shop");
        CommandRun scopes = run("keys", config, "create", "--person", "Jo", "--scopes", "read");
        CommandRun role = run("keys", config, "create", "--name", "shop", "--role", "ops", "--scopes", "read");

        assertThat(source.err()).contains("source");
        assertThat(scopes.err()).contains("scopes");
        assertThat(role.err()).contains("scopes");
        assertThat(List.of(source.code(), scopes.code(), role.code())).containsOnly(2);
        assertThat(run("keys", config, "create", "--person", "Jo").code()).isZero();
        assertThat(run("keys", config, "list").out()).containsOnlyOnce("Jo").doesNotContain("shop");
    }

    @Test
    void a_hub_that_serves_tls_is_reached_by_its_own_certificate() throws Exception {
        String config = config();
        SelfSigned.make(folder, "hub").write(folder);
        Files.writeString(
                Path.of(config),
                "waybill.http.tls.certificate=%1$s/certificate.pem\nwaybill.http.tls.key=%1$s/key.pem\n"
                        .formatted(folder),
                StandardOpenOption.APPEND);
        try (Hub hub = Hub.start(Settings.read(Path.of(config), Map.of(), Map.of()))) {
            assertThat(hub.address().getScheme()).isEqualTo("https");
            assertThat(HubToken.read(folder.resolve("data/hub.token")).flatMap(RunningDesk::at))
                    .isPresent();
            assertKeysWork(config);

            SelfSigned.make(folder, "stranger").write(folder);
            assertThat(HubToken.read(folder.resolve("data/hub.token")).flatMap(RunningDesk::at))
                    .isEmpty();
        }
    }

    @Test
    void a_token_that_a_killed_hub_left_opens_nothing_and_stops_nobody() throws IOException {
        String config = config();
        CommandRun.begin(config);
        Files.createDirectories(folder.resolve("data"));
        HubToken.next(URI.create("http://127.0.0.1:1"), Optional.empty()).write(folder.resolve("data/hub.token"));

        assertThat(run("keys", config, "list").code()).isZero();
    }

    private void assertKeysWork(String config) {
        CommandRun made =
                run("keys", config, "create", "--name", "shop", "--scopes", "orders:write,read", "--source", "shop");
        assertThat(made.err()).isEmpty();
        assertThat(made.out()).contains("wbk_");
        CommandRun wrong = run("keys", config, "create", "--name", "shop", "--scopes", "everything");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("everything").doesNotContain("Exception");
        CommandRun stranger = run("keys", config, "create", "--name", "x", "--scopes", "read", "--source", "shopp");
        assertThat(stranger.code()).isOne();
        assertThat(stranger.err()).contains("shopp").contains("local, shop");
        CommandRun list = run("keys", config, "list");
        assertThat(list.out()).contains("shop", "read,orders:write").doesNotContain("wbk_");
        String id = list.out().strip().split(" ")[0];
        assertThat(run("keys", config, "revoke", id).out()).contains(id + " is refused");
        assertThat(run("keys", config, "list").out()).contains("revoked 2");
        CommandRun again = run("keys", config, "revoke", id);
        assertThat(again.code()).isOne();
        assertThat(again.err()).contains("could be revoked. List the keys");
    }

    private static CommandRun run(String verb, String config, String... more) {
        return CommandRun.of(Stream.concat(
                        Stream.concat(Stream.of(verb), Arrays.stream(more)),
                        Stream.of("--config", config, "--lang", "en"))
                .toArray(String[]::new));
    }

    private String config() throws IOException {
        return Files.writeString(folder.resolve("waybill.properties"), """
                        waybill.data=%s
                        waybill.routes.dir=%s
                        waybill.http.port=0
                        source.shop.namespace=shop
                        """.formatted(
                                folder.resolve("data"), folder.resolve("routes")))
                .toString();
    }
}
