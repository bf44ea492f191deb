/** The one settings file, overridden by environment variables; unknown keys are refused by name. Start at {@link io.waybill.settings.Settings}. */
@NullMarked
package io.waybill.settings;

import org.jspecify.annotations.NullMarked;
