package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.settings.Settings;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcDriversTest {
    private static final String TOY = """
            import java.sql.*;
            public final class ToyDriver implements Driver {
                public Connection connect(String url, java.util.Properties info) throws SQLException {
                    if (!acceptsURL(url)) { return null; }
                    throw new SQLException("the toy was asked for " + url);
                }
                public boolean acceptsURL(String url) { return url.startsWith("jdbc:toy:"); }
                public DriverPropertyInfo[] getPropertyInfo(String url, java.util.Properties info) { return new DriverPropertyInfo[0]; }
                public int getMajorVersion() { return 1; }
                public int getMinorVersion() { return 0; }
                public boolean jdbcCompliant() { return false; }
                public java.util.logging.Logger getParentLogger() { return null; }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void a_driver_whose_jar_was_dropped_into_the_folder_is_asked() throws Exception {
        Path drivers = Files.createDirectory(folder.resolve("drivers"));
        toy(drivers.resolve("toy.jar"));
        Settings settings = Settings.of("waybill.drivers.dir=" + drivers + "\n");

        JdbcDrivers.read(settings);
        JdbcDrivers.read(settings);

        assertThatThrownBy(() -> DriverManager.getConnection("jdbc:toy:box", "", ""))
                .hasMessage("the toy was asked for jdbc:toy:box");
        assertThat(DriverManager.drivers().filter(driver -> driver.toString().contains("ToyDriver")))
                .hasSize(1);
    }

    @Test
    void a_folder_that_is_not_there_holds_no_driver() {
        JdbcDrivers.read(Settings.of("waybill.drivers.dir=" + folder.resolve("none") + "\n"));
    }

    private void toy(Path jar) throws Exception {
        Path source = Files.writeString(folder.resolve("ToyDriver.java"), TOY);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", folder.toString(), source.toString()))
                .isZero();
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry("ToyDriver.class"));
            out.write(Files.readAllBytes(folder.resolve("ToyDriver.class")));
            out.putNextEntry(new JarEntry("META-INF/services/java.sql.Driver"));
            out.write("ToyDriver".getBytes(StandardCharsets.UTF_8));
        }
    }
}
