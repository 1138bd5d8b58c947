package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** docs/commands.md holds what {@code --help} prints, of every command. */
class CommandsDocumentTest {

  private static final Path DOCUMENT = Path.of("../docs/commands.md");
  private static final Path TODAY = BuildFolder.file("commands.md");

  private static final String HEAD =
      """
      # Commands

      What `./ttt COMMAND --help` prints. The same commands run by `spark-submit` with the class \
      `io.videottt.jobs.Main`: `--print-command` prints how.
      """;

  @Test
  void theDocumentHoldsTheHelpOfEveryCommand() throws IOException {
    StringBuilder text = new StringBuilder(HEAD);
    append(text, Main.commandLine(), "");
    Files.writeString(TODAY, text);

    assertThat(Files.readString(DOCUMENT))
        .as("docs/commands.md is not what the commands say; jobs/%s is", TODAY)
        .isEqualTo(text.toString());
  }

  private static void append(StringBuilder text, CommandLine commands, String above) {
    Map<String, CommandLine> sorted = new TreeMap<>(commands.getSubcommands());
    sorted.forEach(
        (name, command) -> {
          String path = (above + " " + name).strip();
          text.append("\n## ")
              .append(path)
              .append("\n\n```\n")
              .append(command.getUsageMessage(Ansi.OFF).stripTrailing())
              .append("\n```\n");
          append(text, command, path);
        });
  }
}
