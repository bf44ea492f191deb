package io.waybill;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
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

    /** @throws ProblemException as {@link #pools}, and on each address no driver here takes */
    static CamelContext of(Main camel, Settings settings) {
        CamelContext context = camel.getCamelContext();
        context.getPropertiesComponent().addPropertiesSource(new SettingsSource(settings));
        List<HikariConfig> pools = pools(settings);
        ofEach(pools, pool -> JdbcDrivers.require(settings, pool.getPoolName(), pool.getJdbcUrl()));
        for (HikariConfig pool : pools) {
            context.getRegistry().bind(pool.getPoolName(), DataSource.class, new HikariDataSource(pool));
        }
        return context;
    }

    /** @throws ProblemException on each missing, bad or unknown key of {@code datasource.*} */
    static List<HikariConfig> pools(Settings settings) {
        JdbcDrivers.read(settings);
        Section datasources = settings.section("datasource");
        List<HikariConfig> pools = new ArrayList<>();
        ofEach(datasources.names(), name -> pools.add(pool(name, datasources.section(name))));
        return List.copyOf(pools);
    }

    private static <T> void ofEach(Collection<T> all, Consumer<T> work) {
        Gathered found = new Gathered();
        all.forEach(one -> found.collect(() -> work.accept(one)));
        if (!found.problems.isEmpty()) {
            throw new ProblemException(found.problems);
        }
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
