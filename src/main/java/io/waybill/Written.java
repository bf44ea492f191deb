package io.waybill;

import io.waybill.carrier.Carriers;
import io.waybill.carrier.DescribedCarriers;
import io.waybill.ledger.Database;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.Target;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What the settings lead to: folders of mappings and carriers, and the database. */
final class Written {
    private static final Set<String> CANONICAL =
            Set.of("order/1", "packing/1", "tracking-event/1", "invoice-line/1", "shipment-import/1");

    /** Compiled once in a process, from what is shipped. */
    private static final Map<String, Target> TARGETS = new ConcurrentHashMap<>();

    private static final List<String> FOLDERS =
            List.of("routes.dir", "mappings.dir", "carriers.dir", "drivers.dir", "contracts.dir");

    private Written() {}

    static Mappings mappings(Settings settings, Orders orders) {
        return mappings(mappingsIn(settings), orders);
    }

    static Mappings mappings(Path folder, Orders orders) {
        return Mappings.load(
                folder,
                name -> CANONICAL.contains(name)
                        ? TARGETS.computeIfAbsent(name, first -> Target.of(first, orders.schema(first)))
                        : null);
    }

    /** Every carrier that is described in a file, sound or not. */
    static DescribedCarriers.Read described(Settings settings) {
        return new Carriers().described(carriersIn(settings));
    }

    static Path carriersIn(Settings settings) {
        return Path.of(settings.section("waybill").get("carriers.dir", "carriers"));
    }

    /** The data folder that is named, there or not. */
    static DataFolder dataFolder(Settings settings) {
        return new DataFolder(Path.of(settings.section("waybill").get("data", "data")));
    }

    static Path mappingsIn(Settings settings) {
        return Path.of(settings.section("waybill").get("mappings.dir", "mappings"));
    }

    /** One that was named and is not there would look like a hub without any edge, carrier or contract. */
    static List<Problem> missingFolders(Settings settings) {
        Section waybill = settings.section("waybill");
        return FOLDERS.stream()
                .flatMap(key -> missing(waybill, "waybill.", key))
                .toList();
    }

    /** Those that answers to files, labels and backups are laid into; each may yet be mounted. */
    static List<Problem> absentFolders(Settings settings) {
        Section sources = settings.section("source");
        Section stations = settings.section("station");
        Stream<Problem> backups = settings.section("backup").optional("folder").map(Path::of).stream()
                .filter(folder -> !canBeMade(folder))
                .flatMap(folder -> missing(settings.section("backup"), "backup.", "folder"));
        Stream<Problem> answers = Stream.concat(
                sources.names().stream()
                        .flatMap(name -> Stream.of("acknowledgeTo", "returnTo")
                                .flatMap(key -> missing(sources.section(name), "source." + name + ".", key))),
                stations.names().stream()
                        .flatMap(name -> missing(stations.section(name), "station." + name + ".", "folder")));
        return Stream.concat(backups, answers).toList();
    }

    /** The hub makes a folder for backups itself, where it may. */
    private static boolean canBeMade(Path folder) {
        Path there = folder.toAbsolutePath().normalize();
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return Files.isDirectory(there) && Files.isWritable(there);
    }

    private static Stream<Problem> missing(Section section, String prefix, String key) {
        return section.optional(key).map(Path::of).filter(path -> !Files.isDirectory(path)).stream()
                .map(path -> section.locate(
                        Problem.of(
                                CheckCode.NAMED_FOLDER_MISSING,
                                "key",
                                prefix + key,
                                "path",
                                path.toAbsolutePath().normalize()),
                        key));
    }

    static Database database(Settings settings, DataFolder data) {
        Section db = settings.section("waybill.db");
        String user = db.get("user", "");
        String password = db.password("password").orElse("");
        return db.optional("url")
                .map(url -> known(url, db))
                .map(url -> new Database(url, user, password, forced(db)))
                .orElseGet(() -> Database.embedded(data.database()));
    }

    private static String known(String url, Section db) {
        if (!url.startsWith("jdbc:postgresql:") && !url.startsWith("jdbc:h2:")) {
            throw db.bad("url", url, "jdbc:postgresql://HOST/DATABASE, or nothing for the embedded one");
        }
        return url;
    }

    private static boolean forced(Section db) {
        String durability = db.get("durability", "required");
        if (!durability.equals("required") && !durability.equals("forced")) {
            throw db.bad("durability", durability, "required, forced");
        }
        return durability.equals("forced");
    }
}
