package io.videottt.jobs.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.junit.jupiter.api.Test;

class VideoFolderNameTest {

  @Test
  void aNameThatFitsIsWrittenAsSparkReadsIt() {
    for (String video : List.of("0001TP", "cam 12:30", "50%", "a=b", "\u65e5\u672c", "x{1}[2]^")) {
      assertThat(VideoFolderName.isWhole(video)).isTrue();
      String folder = VideoFolderName.of(video);
      assertThat(folder).startsWith("video=");
      assertThat(ExternalCatalogUtils.unescapePathName(folder.substring("video=".length())))
          .isEqualTo(video);
      assertThat(VideoFolderName.video(folder)).isEqualTo(video);
    }
    assertThat(VideoFolderName.isWhole("v".repeat(249))).isTrue();
    assertThat(VideoFolderName.of("v".repeat(249))).isEqualTo("video=" + "v".repeat(249));
  }

  @Test
  void aNameThatIsTooLongIsShortenedAndStaysDistinct() {
    Set<String> folders = new TreeSet<>();
    List<String> videos =
        List.of(
            "v".repeat(250),
            "v".repeat(251),
            "v".repeat(250) + "w",
            "\u65e5\u672c\u8a9e".repeat(28),
            "\ud83d\ude00".repeat(63),
            ":".repeat(120));
    for (String video : videos) {
      assertThat(VideoFolderName.isWhole(video)).isFalse();
      String folder = VideoFolderName.of(video);
      assertThat(folder.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(200);
      assertThat(new String(folder.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
          .isEqualTo(folder);
      assertThat(folder).matches("(?s)video=.+~[0-9a-f]{16}");
      folders.add(folder);
    }
    assertThat(folders).hasSize(videos.size());
  }
}
