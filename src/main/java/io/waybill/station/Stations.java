package io.waybill.station;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import io.waybill.text.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The printers of {@code station.*}. Safe for many threads. */
public final class Stations {
    private static final int RAW_PORT = 9100;
    private static final Duration WITHIN = Duration.ofSeconds(5);
    private static final List<String> FORMATS = List.of("PDF", "PNG", "ZPL", "EPL2");

    private final Map<String, Station> byName = new TreeMap<>();

    /** @throws ProblemException all that is wrong with each, by its key */
    public static Stations read(Section settings) {
        Stations stations = new Stations();
        List<Problem> problems = new ArrayList<>();
        for (String name : settings.names()) {
            try {
                stations.byName.put(name, settings.section(name).whole(said -> station(name, said)));
            } catch (ProblemException e) {
                problems.addAll(e.problems());
            }
        }
        problems.addAll(settings.unread());
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return stations;
    }

    private static Station station(String name, Section said) {
        Printer printer = printer(said);
        Optional<String> format = said.optional("format");
        format.filter(asked -> !FORMATS.contains(asked)).ifPresent(asked -> {
            throw said.bad("format", asked, String.join(", ", FORMATS));
        });
        return new Station(name, format, Set.copyOf(said.list("namespaces")), printer.where(), printer);
    }

    private static Printer printer(Section said) {
        Optional<String> host = said.optional("host");
        int port = said.number("port", RAW_PORT);
        Duration within = said.duration("timeout", WITHIN);
        if (host.isEmpty()) {
            return new FolderPrinter(Path.of(said.required("folder")));
        }
        said.optional("folder").ifPresent(folder -> {
            throw said.bad("folder", folder, "a folder or a host, and not both");
        });
        if (port < 1 || port > 65_535) {
            throw said.bad("port", String.valueOf(port), "1 - 65535");
        }
        return new PortPrinter(host.get(), port, within);
    }

    public List<Station> all() {
        return List.copyOf(byName.values());
    }

    /** @throws ProblemException {@code station-unknown} */
    public Station get(String name, String namespace) {
        Station station = byName.get(name);
        if (station == null || !station.serves(namespace)) {
            throw new ProblemException(Problem.of(
                    StationCode.STATION_UNKNOWN,
                    "station",
                    name,
                    "known",
                    byName.values().stream()
                            .filter(known -> known.serves(namespace))
                            .map(Station::name)
                            .collect(Collectors.joining(", "))));
        }
        return station;
    }

    /**
     * Prints one label.
     *
     * @param job names it: letters, digits, dashes and underscores
     * @param href where the label can be opened, should nothing come out
     * @throws ProblemException {@code station-unreachable}: what to do with the label instead
     */
    public void print(Station station, String job, String format, byte[] label, String href) {
        try {
            station.printer()
                    .print(job + "." + (format.equals("EPL2") ? "epl" : format.toLowerCase(Locale.ROOT)), label);
        } catch (IOException e) {
            throw new ProblemException(Problem.of(
                    StationCode.STATION_UNREACHABLE,
                    "station",
                    station.name(),
                    "where",
                    station.where(),
                    "why",
                    Words.of(e),
                    "href",
                    href));
        }
    }
}
