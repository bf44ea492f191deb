package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.access.NewKey;
import io.waybill.access.Scope;
import io.waybill.ledger.Namespaces;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody uses up what a source of another namespace may send. */
class WhoseCallCountsTest {
    @TempDir
    Path folder;

    @Test
    void a_call_in_the_name_of_a_source_of_another_namespace_counts_as_none_of_its() throws Exception {
        try (RunningHub hub = new RunningHub(folder, "")) {
            Namespaces acme = Namespaces.of(Set.of("acme"));
            String key = hub.access
                    .create(
                            new NewKey(
                                    "acme",
                                    Optional.empty(),
                                    Set.of(Scope.READ),
                                    Optional.empty(),
                                    acme,
                                    Optional.empty()),
                            "test")
                    .secret();

            for (String source : new String[] {"globex", "acme", "nobody"}) {
                hub.send(hub.to("/v1/orders?source=" + source)
                        .header("Authorization", "Bearer " + key)
                        .POST(BodyPublishers.ofString("{}")));
            }

            assertThat(hub.intakesOf).containsExactly("local", "acme", "local");
        }
    }
}
