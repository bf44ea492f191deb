package io.waybill.connectors;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a test of a {@link Connector} proves. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Shows {
    Cell[] value();

    /** How it comes, a word or two in the table: {@code webhook}; without it the cell says yes. */
    String by() default "";
}
