package io.waybill.ledger;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.DefinedAttributeTemplateEngine;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.TemplateEngine;

/**
 * What a statement's text means is found out once in a process, whichever store it is for. One that fails is told by its
 * text, without what was bound to it, which may be a recipient's.
 */
final class Statements implements TemplateEngine.Parsing {
    private static final Pattern LIST = Pattern.compile("<[A-Za-z_]+>");
    private static final SqlParser PARSER = new ColonPrefixSqlParser();
    private static final TemplateEngine.Parsing LISTS = new DefinedAttributeTemplateEngine();

    private Statements() {}

    static Jdbi known(Jdbi jdbi) {
        return jdbi.configure(
                        SqlStatements.class, texts -> texts.setSqlParser(PARSER).setTemplateEngine(new Statements()))
                .configure(StatementExceptions.class, words -> words.setMessageRendering(Statements::told));
    }

    private static String told(StatementException failure) {
        StatementContext context = failure.getStatementContext();
        return context == null
                ? failure.getShortMessage()
                : failure.getShortMessage() + " [" + context.getRawSql() + "]";
    }

    @Override
    public Optional<Function<StatementContext, String>> parse(String sql, ConfigRegistry config) {
        return LIST.matcher(sql).find() ? LISTS.parse(sql, config) : Optional.of(context -> sql);
    }
}
