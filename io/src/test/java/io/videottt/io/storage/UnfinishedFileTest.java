package io.videottt.io.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnfinishedFileTest {

  @ParameterizedTest
  @ValueSource(strings = {"frames.csv", "miou", ".hidden", "a b", "with.many.dots"})
  void whatIsBegunIsKnownByItsName(String name) throws IOException {
    assertThat(UnfinishedFile.isName(begun(name))).isTrue();
  }

  @Test
  void aNameThatLeavesNoRoomForMoreIsNotPartOfIt() throws IOException {
    String begun = begun("n".repeat(250));
    assertThat(begun).doesNotContain("n");
    assertThat(UnfinishedFile.isName(begun)).isTrue();
  }

  private static String begun(String name) throws IOException {
    Path file = new Path("file:///results", name);
    try (UnfinishedFile unfinished =
        Storage.of(file, new Configuration()).begin(file, file.getParent())) {
      return unfinished.path().getName();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "frames.csv",
        ".gitignore",
        ".DS_Store",
        ".frames.csv.crc",
        ".frames.csv.1234",
        "frames.csv.00000000-0000-0000-0000-000000000000",
        ".frames.csv.00000000-0000-0000-0000-000000000000.crc",
        ".frames.csv.00000000-0000-0000-0000-00000000000"
      })
  void otherHiddenFilesAreNobodysUnfinishedOnes(String name) {
    assertThat(UnfinishedFile.isName(name)).isFalse();
  }
}
