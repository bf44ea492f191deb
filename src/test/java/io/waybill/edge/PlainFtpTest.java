package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.Problem;
import java.io.IOException;
import java.util.Locale;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an empty list of a server may mean. */
class PlainFtpTest {
    @Test
    void a_list_that_broke_off_is_not_an_empty_folder() {
        assertThatThrownBy(() -> PlainFtp.requireFolder(server(522), "/out"))
                .isInstanceOf(IOException.class)
                .hasMessage("it did not list the folder /out: 522 said");
    }

    @ParameterizedTest
    @ValueSource(ints = {226, 450, 550})
    void a_folder_that_may_be_entered_may_be_empty_whatever_the_server_says_of_that(int reply) throws IOException {
        assertThat(PlainFtp.requireFolder(server(reply), "/out")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "450 out: Permission denied",
                "550 Access is denied.",
                "226 Transfer done (but failed to open directory)."
            })
    void a_folder_that_may_be_entered_and_not_read_is_not_empty(String reply) {
        assertThatThrownBy(() -> PlainFtp.requireFolder(server(Integer.parseInt(reply.substring(0, 3)), reply), "/out"))
                .satisfies(refused -> {
                    Problem told = ServerWatch.told("acme", refused);
                    assertThat(told.code()).isEqualTo("server-refuses");
                    assertThat(told.sentence(Locale.ENGLISH)).contains("/out", reply);
                });
    }

    @Test
    void who_asks_by_whole_paths_need_not_come_back_to_a_home_that_is_none() throws IOException {
        assertThat(PlainFtp.requireFolder(server(226), "/out")).isEmpty();
        assertThatThrownBy(() -> PlainFtp.requireFolder(server(226), "out"))
                .hasMessage("it does not let us back into the folder / is your home");
    }

    /** One whose home has a name that cannot be entered. */
    private static FTPClient server(int reply) {
        return server(reply, reply + " said");
    }

    private static FTPClient server(int reply, String words) {
        return new FTPClient() {
            @Override
            public int getReplyCode() {
                return reply;
            }

            @Override
            public String getReplyString() {
                return words + "\r\n";
            }

            @Override
            public String printWorkingDirectory() {
                return "/ is your home";
            }

            @Override
            public boolean changeWorkingDirectory(String folder) {
                return folder.endsWith("out");
            }
        };
    }
}
