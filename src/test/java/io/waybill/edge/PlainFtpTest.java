package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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

    @Test
    void who_asks_by_whole_paths_need_not_come_back_to_a_home_that_is_none() throws IOException {
        assertThat(PlainFtp.requireFolder(server(226), "/out")).isEmpty();
        assertThatThrownBy(() -> PlainFtp.requireFolder(server(226), "out"))
                .hasMessage("it does not let us back into the folder / is your home");
    }

    /** One whose home has a name that cannot be entered. */
    private static FTPClient server(int reply) {
        return new FTPClient() {
            @Override
            public int getReplyCode() {
                return reply;
            }

            @Override
            public String getReplyString() {
                return reply + " said\r\n";
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
