/** Where YAML routes meet the hub: its ports and its verbs. Start at {@link io.waybill.edge.Verbs}. */
@NullMarked
package io.waybill.edge;

import org.jspecify.annotations.NullMarked;
