package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.delivery.Event;
import io.waybill.format.EdiStamp;
import io.waybill.ledger.Stores;
import io.waybill.settings.Settings;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What is posted reaches the table of an ERP that is shipped as an example, on both databases: every line once. */
class JournalSinkTest {
    private static final Path MAPPING = Path.of("mappings/journal-row");

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void lines_of_the_journal_stand_in_the_table_once_however_often_they_are_told(String store) throws Exception {
        DataSource erp = store.equals("h2") ? h2() : postgres();
        execute(erp, Files.readString(MAPPING.resolve("table.sql")));
        AtomicReference<String> rows = new AtomicReference<>(Files.readString(MAPPING.resolve("posted.expected.json")));
        Event event = new Event("evt_01", "journal.posted", "acme", "jrn_01", "{}");
        String settings = """
                sink.acme-journal.namespaces=acme
                sink.acme-journal.mapping=journal-row
                sink.acme-journal.datasource=erp
                """;
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            Verbs.register(
                    camel,
                    Settings.of(settings),
                    (mapping, json) -> rows.get(),
                    (name, subject) -> new EdiStamp(7, Instant.EPOCH),
                    VerifyVerb.Inbox.FORGETFUL);
            camel.getRegistry().bind("erp", erp);
            Properties properties = new Properties();
            properties.load(new StringReader(settings));
            camel.getPropertiesComponent().setInitialProperties(properties);
            for (String file : List.of("templates/sink-sql.yaml", "sinks/acme-journal.yaml")) {
                PluginHelper.getRoutesLoader(camel)
                        .loadRoutes(PluginHelper.getResourceLoader(camel).resolveResource("file:routes/" + file));
            }
            camel.start();
            SinkPort port = new SinkPort(camel.createProducerTemplate(), "acme-journal");
            port.deliver(event);
            port.deliver(event);
            rows.set("""
                    {"rows": [ { "entry_id": "ACR-1", "line_no": 1, "kind": "accrual", "company_code": "1000", "posting_date": "2026-11-30",
                      "period": "2026-11", "gl_account": "620000", "debit": "5.00", "credit": "0.00", "currency": "EUR" } ] }""");
            port.deliver(event);
        }

        assertThat(read(erp, "SELECT COUNT(*), SUM(debit) - SUM(credit) FROM journal WHERE entry_id LIKE 'INV%'"))
                .matches("2 0(\\.0+)?");
        assertThat(read(
                        erp,
                        "SELECT COUNT(*), MAX(COALESCE(invoice_no, 'none')) FROM journal WHERE entry_id = 'ACR-1'"))
                .isEqualTo("1 none");
        assertThat(read(
                        erp,
                        "SELECT entry_id, company_code, period, tax_code, invoice_line FROM journal WHERE line_no = 1"))
                .isEqualTo("INV-ups-acme-I-1-1 1000 2026-11 V1 3");
        assertThat(read(erp, "SELECT tax_amount, CAST(posting_date AS VARCHAR(10)) FROM journal WHERE line_no = 1"))
                .isEqualTo("1.9000 2026-11-25");
    }

    private static DataSource h2() {
        JdbcDataSource erp = new JdbcDataSource();
        erp.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return erp;
    }

    private static DataSource postgres() {
        var database = Stores.postgres();
        PGSimpleDataSource erp = new PGSimpleDataSource();
        erp.setURL(database.url());
        erp.setUser(database.user());
        erp.setPassword(database.password());
        return erp;
    }

    private static void execute(DataSource erp, String sql) throws Exception {
        try (Connection connection = erp.getConnection()) {
            connection.createStatement().execute(sql);
        }
    }

    private static String read(DataSource erp, String sql) throws Exception {
        try (Connection connection = erp.getConnection();
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            StringBuilder all = new StringBuilder(row.getString(1));
            for (int column = 2; column <= row.getMetaData().getColumnCount(); column++) {
                all.append(' ').append(row.getString(column));
            }
            return all.toString();
        }
    }
}
