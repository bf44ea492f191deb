package io.waybill.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Printers as they are: a folder, and a port that listens, does not, or stops reading. */
class StationsTest {
    private static final byte[] LABEL = "^XA^FDhello^FS^XZ".getBytes(StandardCharsets.UTF_8);

    @Test
    void a_folder_gets_a_label_whole_and_nothing_beside_it(@TempDir Path folder) throws Exception {
        Stations stations = read("station.office.folder=" + folder);

        stations.print(stations.get("office", "acme"), "shp_1-1", "ZPL", LABEL, "/v1/x");

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("shp_1-1.zpl"));
        }
        assertThat(folder.resolve("shp_1-1.zpl")).hasBinaryContent(LABEL);
    }

    @Test
    void a_folder_that_is_not_mounted_is_not_made(@TempDir Path folder) {
        Stations stations = read("station.office.folder=" + folder.resolve("away"));

        assertThatThrownBy(() -> stations.print(stations.get("office", "acme"), "shp_1-1", "PDF", LABEL, "/v1/x"))
                .hasMessageContaining("no such folder");
        assertThat(folder.resolve("away")).doesNotExist();
    }

    @Test
    void a_folder_that_does_not_take_a_label_keeps_nothing_of_it_hidden(@TempDir Path folder) throws Exception {
        Files.createDirectory(folder.resolve("shp_1-1.pdf"));
        Stations stations = read("station.office.folder=" + folder);

        assertThatThrownBy(() -> stations.print(stations.get("office", "acme"), "shp_1-1", "PDF", LABEL, "/v1/x"))
                .hasMessageContaining("did not take it");

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("shp_1-1.pdf"));
        }
    }

    @Test
    void a_port_gets_the_bytes_of_the_label_and_then_the_end() throws Exception {
        try (ServerSocket printer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<byte[]> printed = CompletableFuture.supplyAsync(() -> {
                try (Socket job = printer.accept()) {
                    return job.getInputStream().readAllBytes();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            Stations stations = read("station.b1.host=127.0.0.1\nstation.b1.port=" + printer.getLocalPort());

            stations.print(stations.get("b1", "acme"), "shp_1-1", "ZPL", LABEL, "/v1/x");

            assertThat(printed.get()).isEqualTo(LABEL);
        }
    }

    @Test
    void a_printer_that_stops_reading_is_given_up_and_told_with_what_to_do() throws Exception {
        try (ServerSocket printer = new ServerSocket()) {
            printer.setReceiveBufferSize(1024);
            printer.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
            Stations stations = read(
                    "station.b1.host=127.0.0.1\nstation.b1.timeout=200ms\nstation.b1.port=" + printer.getLocalPort());

            assertThatThrownBy(() -> stations.print(
                            stations.get("b1", "acme"), "shp_1-1", "ZPL", new byte[32_000_000], "/v1/shipments/shp_1"))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("the label is bought")
                    .hasMessageContaining("127.0.0.1:" + printer.getLocalPort());
        }
    }

    @Test
    void a_station_is_told_of_by_its_key_when_it_cannot_be_meant() {
        assertThatThrownBy(() -> read("station.b1.port=9100")).hasMessageContaining("station.b1.folder");
        assertThatThrownBy(() -> read("station.b1.host=a\nstation.b1.folder=b"))
                .hasMessageContaining("station.b1.folder");
        assertThatThrownBy(() -> read("station.b1.host=a\nstation.b1.port=0")).hasMessageContaining("station.b1.port");
        assertThatThrownBy(() -> read("station.b1.folder=a\nstation.b1.format=TIFF"))
                .hasMessageContaining("TIFF");
        assertThatThrownBy(() -> read("station.b1.folder=a\nstation.b1.colour=red"))
                .hasMessageContaining("station.b1.colour");
    }

    @Test
    void a_station_of_one_namespace_does_not_exist_for_another() {
        Stations stations = read("station.b1.folder=a\nstation.b1.namespaces=acme\nstation.b2.folder=b");

        assertThat(stations.get("b1", "acme").name()).isEqualTo("b1");
        assertThatThrownBy(() -> stations.get("b1", "other"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        told -> assertThat(told.problems().get(0).values()).containsEntry("known", "b2"));
    }

    private static Stations read(String settings) {
        return Stations.read(Settings.of(settings).section("station"));
    }
}
