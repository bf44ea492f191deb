package io.waybill.connectors;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a test of a {@link Connector} proves. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Shows.All.class)
public @interface Shows {
    Cell[] value();

    /** How it comes, a word or two in the table: {@code webhook}; without it the cell says yes. */
    String by() default "";

    /** Several, each with its own word. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface All {
        Shows[] value();
    }
}
