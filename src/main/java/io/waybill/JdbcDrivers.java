package io.waybill;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import io.waybill.settings.Veiled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Drivers of databases the hub does not carry: every jar in {@code waybill.drivers.dir} ({@code drivers}), known for the life of the process. */
final class JdbcDrivers {
    private static final Set<Path> KNOWN = ConcurrentHashMap.newKeySet();

    private JdbcDrivers() {}

    /** Makes them known to {@link DriverManager}, each once. A folder that is not there holds none. */
    static void read(Settings settings) {
        Path folder = Path.of(folder(settings));
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> jars = Files.list(folder)) {
            jars.filter(jar -> jar.toString().endsWith(".jar"))
                    .filter(jar -> KNOWN.add(jar.toAbsolutePath()))
                    .forEach(JdbcDrivers::register);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws ProblemException where none of those that are known takes the address */
    static void require(Settings settings, String datasource, String url) {
        try {
            DriverManager.getDriver(url);
        } catch (SQLException e) {
            String key = "datasource." + datasource + ".url";
            Problem missing =
                    Problem.of(CheckCode.DRIVER_MISSING, "key", key, "url", Veiled.of(url), "folder", folder(settings));
            throw new ProblemException(
                    settings.section("datasource." + datasource).locate(missing, "url"));
        }
    }

    private static String folder(Settings settings) {
        return settings.section("waybill").get("drivers.dir", "drivers");
    }

    private static void register(Path jar) {
        try {
            ClassLoader loader =
                    new URLClassLoader(new URL[] {jar.toUri().toURL()}, JdbcDrivers.class.getClassLoader());
            for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
                if (driver.getClass().getClassLoader() == loader) {
                    DriverManager.registerDriver(standingFor(driver));
                }
            }
        } catch (MalformedURLException | SQLException e) {
            throw new IllegalStateException("no driver in " + jar, e);
        }
    }

    /** {@link DriverManager} gives nobody a driver of another class loader, but one of ours that stands for it. */
    private static Driver standingFor(Driver driver) {
        return (Driver) Proxy.newProxyInstance(
                JdbcDrivers.class.getClassLoader(), new Class<?>[] {Driver.class}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(driver, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }
}
