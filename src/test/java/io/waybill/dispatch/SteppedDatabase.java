package io.waybill.dispatch;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * H2 in memory whose clock is {@link VirtualTime} and whose commits tell. The SQL that runs is the ledger's own, but for
 * the name of the clock, and for what a test spoils on purpose.
 */
final class SteppedDatabase implements Driver {
    static final String URL = "jdbc:h2:mem:simulation;DB_CLOSE_DELAY=-1;QUERY_CACHE_SIZE=256;LOCK_TIMEOUT=20000";
    private static final org.h2.Driver H2 = new org.h2.Driver();

    /** Told before a commit, and after it. */
    interface Commits {
        Commits NOBODY = new Commits() {
            @Override
            public void before() {}

            @Override
            public void after() {}
        };

        void before();

        void after();
    }

    /** What is due at the same virtual time is taken in the order it was made, or a seed would not make its history again. */
    private static final Pattern TIES = Pattern.compile("ORDER BY (s\\.due|s\\.lease_until) LIMIT");

    /** Something may have been written since this was set to false. */
    static volatile boolean written;

    static volatile Commits commits = Commits.NOBODY;
    static volatile UnaryOperator<String> spoiled = UnaryOperator.identity();

    static {
        try {
            org.h2.Driver.unload();
            DriverManager.registerDriver(new SteppedDatabase());
            org.h2.Driver.load();
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private SteppedDatabase() {}

    /** Makes this driver the one that {@link #URL} finds. */
    static void install() throws SQLException {
        try (Connection direct = direct()) {
            direct.createStatement()
                    .execute("CREATE ALIAS IF NOT EXISTS VIRTUAL_NOW FOR 'io.waybill.dispatch.VirtualTime.now'");
        }
    }

    /** A connection nobody is told of. */
    static Connection direct() throws SQLException {
        Properties user = new Properties();
        user.put("user", "sa");
        user.put("password", "");
        return H2.connect(URL, user);
    }

    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        Connection real = H2.connect(url, properties);
        return (Connection) Proxy.newProxyInstance(
                SteppedDatabase.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> call(real, method, arguments));
    }

    private static Object call(Connection real, Method method, Object[] arguments) throws Throwable {
        boolean commit = method.getName().equals("commit");
        if (method.getName().equals("prepareStatement")) {
            String sql = (String) arguments[0];
            written |= !sql.startsWith("SELECT");
            arguments[0] = spoiled.apply(TIES.matcher(sql.replace("CURRENT_TIMESTAMP", "VIRTUAL_NOW()"))
                    .replaceAll("ORDER BY $1, s.id LIMIT"));
        } else if (commit) {
            commits.before();
        }
        try {
            Object result = method.invoke(real, arguments);
            if (commit) {
                commits.after();
            }
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.equals(URL);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }
}
