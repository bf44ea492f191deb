package io.waybill;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import java.util.List;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.spi.PropertiesSource;
import org.jspecify.annotations.Nullable;

/** Prepares the Camel context: settings as placeholders, data sources by name, nothing scanned, nothing read from elsewhere. */
final class CamelSetup {
    private CamelSetup() {}

    /** A context that knows no settings and has not begun. */
    static Main bare() {
        Main camel = new Main();
        camel.configure().withUseMdcLogging(false);
        camel.setDefaultPropertyPlaceholderLocation("false");
        camel.configure()
                .withName("waybill")
                .withSourceLocationEnabled(true)
                .withShutdownTimeout(40)
                .withJmxEnabled(false)
                .withAutoConfigurationEnabled(false);
        camel.init();
        return camel;
    }

    /** @throws io.waybill.problem.ProblemException as {@link #pools}, and on an address no driver here takes */
    static CamelContext of(Main camel, Settings settings) {
        CamelContext context = camel.getCamelContext();
        context.getPropertiesComponent().addPropertiesSource(new SettingsSource(settings));
        for (HikariConfig pool : pools(settings)) {
            JdbcDrivers.require(settings, pool.getPoolName(), pool.getJdbcUrl());
            context.getRegistry().bind(pool.getPoolName(), DataSource.class, new HikariDataSource(pool));
        }
        return context;
    }

    /** @throws io.waybill.problem.ProblemException on a missing, bad or unknown key of {@code datasource.*} */
    static List<HikariConfig> pools(Settings settings) {
        JdbcDrivers.read(settings);
        Section datasources = settings.section("datasource");
        return datasources.names().stream()
                .map(name -> pool(name, datasources.section(name)))
                .toList();
    }

    /** A pool that opens its first connection when it is needed: a database that is away does not stop the hub. */
    private static HikariConfig pool(String name, Section section) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        String url = section.required("url");
        config.setJdbcUrl(url);
        DriverDefaults.of(url).forEach(config::addDataSourceProperty);
        config.setUsername(section.get("user", ""));
        config.setPassword(section.password("password").orElse(""));
        config.setMaximumPoolSize(connections(section));
        config.setMinimumIdle(0);
        config.setConnectionTimeout(5_000);
        config.setInitializationFailTimeout(-1);
        section.close();
        return config;
    }

    private static int connections(Section section) {
        int most = section.number("connections", 4);
        if (most < 1) {
            throw section.bad("connections", String.valueOf(most), "1 or more");
        }
        return most;
    }

    /** Never hands a route a secret: it would stand in its URI, and so in logs. */
    private record SettingsSource(Settings settings) implements PropertiesSource {
        @Override
        public String getName() {
            return "waybill";
        }

        @Override
        public @Nullable String getProperty(String name) {
            return name.matches(".*\\.(secret|password|token|key|keyPassword|clientSecret)")
                    ? null
                    : settings.value(name).orElse(null);
        }
    }
}
