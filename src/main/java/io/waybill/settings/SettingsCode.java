package io.waybill.settings;

import io.waybill.problem.Code;

/** What can be wrong with a setting. */
public enum SettingsCode implements Code {
    MISSING_SETTING,
    UNKNOWN_SETTING,
    UNLISTED_RULE,
    UNREAD_VARIABLE,
    BAD_SETTING,
    MISSING_SETTINGS_FILE,
    SETTINGS_NOT_UTF8,
    BAD_ESCAPE,
    LOST_BACKSLASH,
    COMMENT_IN_VALUE,
    REPEATED_SETTING,
    SECRET_IN_FILE,
    SECRET_MISSING,
    SECRET_FILE_WRITABLE,
    SECRET_FILE_READABLE
}
