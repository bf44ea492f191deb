package io.waybill.ledger;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Which versions of mappings ever served, as a database says on which no hub need run: nothing is written, nor its schema brought up. */
public final class ServedMappings {
    /** Whoever writes finds it locked; who reads leaves no trace in it. */
    private static final String READ_ONLY =
            ";ACCESS_MODE_DATA=r;IFEXISTS=TRUE;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";

    /** Of SQL states: there is no such table, because no hub began there yet. */
    private static final String NOT_THERE = "42";

    private ServedMappings() {}

    /** @param sha256 of its text, in hex */
    public record Served(String name, int version, String sha256) {}

    /**
     * All of them; none of a database that no hub has begun.
     *
     * @throws SQLException where it cannot be read: the embedded one while another process has it open
     */
    public static List<Served> of(Database database) throws SQLException {
        try (Connection connection = open(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name, version, sha256 FROM mapping_version")) {
            List<Served> served = new ArrayList<>();
            while (rows.next()) {
                served.add(new Served(rows.getString(1), rows.getInt(2), rows.getString(3)));
            }
            return List.copyOf(served);
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith(NOT_THERE)) {
                return List.of();
            }
            throw e;
        }
    }

    private static Connection open(Database database) throws SQLException {
        return database.isEmbedded()
                ? DriverManager.getConnection(database.readOnlyUrl(READ_ONLY), database.user(), database.password())
                : database.session("waybill check");
    }
}
