package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/reproduce.md that need no published data, as they stand there. */
class ReproduceTest {

  private static final Pattern COMMANDS = Pattern.compile("```\\n(.*?)```", Pattern.DOTALL);

  /** How the check calls what a miniature must not have. */
  private static final String[] OTHER_PROBLEMS = {
    "missing:",
    "unreadable:",
    "wrong size:",
    "unknown label:",
    "segment mismatch:",
    "bad mask:",
    "unknown image:",
    "not read:"
  };

  @TempDir private Path folder;

  /** The commands of the chapter about the miniature. */
  private static List<String> commands() throws IOException {
    String page = Files.readString(Path.of("../docs/reproduce.md"));
    Matcher blocks = COMMANDS.matcher(page.substring(page.indexOf("\n## In small")));
    return blocks
        .results()
        .flatMap(block -> block.group(1).replace("\\\n", " ").lines())
        .filter(line -> line.startsWith("./ttt "))
        .toList();
  }

  /** The arguments of a command, in a folder of its own. */
  private String[] arguments(String command) {
    return Arrays.stream(command.substring("./ttt ".length()).trim().split("\\s+"))
        .map(word -> word.replaceFirst("(^|=)runs/", "$1" + folder + "/"))
        .toArray(String[]::new);
  }

  @Test
  void theMiniatureIsInTheLayoutsThatTheCatalogReads() throws IOException {
    List<String> commands = commands();
    assertThat(commands.get(0)).startsWith("./ttt miniature ");
    TinySweep.Run written = TinySweep.run(arguments(commands.get(0)));
    assertThat(written.status()).as(written.err()).isZero();
    assertThat(written.out().lines()).hasSize(4);
    assertThat(written.out()).contains("kitti-step: 84 images in " + folder);
    List<String> checks = commands.stream().filter(c -> c.contains(" catalog check ")).toList();
    assertThat(checks).hasSize(4);
    for (String check : checks) {
      TinySweep.Run run = TinySweep.run(arguments(check));
      // Of COCO Videos no numbers of frames are published.
      boolean whole = check.contains("coco-videos");
      assertThat(run.status()).as(check + run.out() + run.err()).isEqualTo(whole ? 0 : 1);
      assertThat(run.out())
          .contains(whole ? "nothing is missing or wrong" : "not as published")
          .doesNotContain(OTHER_PROBLEMS);
    }
    TinySweep.Run again = TinySweep.run(arguments(commands.get(0)));
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err().lines()).singleElement().asString().contains("name a new folder");
  }

  @Test
  void aMiniatureIsWrittenOnLocalDisksOnly() {
    TinySweep.Run run = TinySweep.run("miniature", "--output", "hdfs://host/data");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains("copy it (hadoop fs -put)");
    assertThat(Path.of("hdfs:")).doesNotExist();
  }
}
