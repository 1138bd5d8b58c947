package io.videottt.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.definition.PublishedCounts;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.file.FileProblem;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data set is held to the counts that its authors publish. */
class PublishedCountsTest {

  @TempDir private Path folder;

  @Test
  void theCatalogueHoldsKittiStepsCounts() {
    Map<String, SplitDefinition> splits = Catalog.builtIn().definition("kitti-step").splits();

    assertThat(splits.get("val").published().frames()).isEqualTo(2981);
    assertThat(splits.get("test").published().frames()).isEqualTo(5027);
    // The released tabulation weighs this video with 476.
    assertThat(splits.get("test").published().videos()).hasSize(12).containsEntry("0015", 376);
    assertThat(splits.get("val").published().videos().keySet())
        .containsExactlyElementsOf(splits.get("val").videos());
    assertThat(splits.get("test").published().videos().keySet())
        .containsExactlyElementsOf(splits.get("test").videos());
  }

  private void writeVideo(String video, int frames) throws IOException {
    for (int i = 0; i < frames; i++) {
      Path image = folder.resolve("images/%s/%04d.png".formatted(video, i));
      Path label = folder.resolve("labels/%s/%04d.png".formatted(video, i));
      Files.createDirectories(image.getParent());
      Files.createDirectories(label.getParent());
      ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_3BYTE_BGR), "png", image.toFile());
      ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY), "png", label.toFile());
    }
  }

  private CatalogCheck check(String published) throws IOException {
    Path catalogue = Files.createDirectories(folder.resolve("catalogue"));
    Files.writeString(
        catalogue.resolve("own.yaml"),
        """
name: own
root: %s
layout: {type: label-maps, images: images, imageSuffix: .png, labels: labels, labelSuffix: .png}
framesPerSecond: 10
splits:
  val:
    published: %s
classes:
  - {id: 0, name: all, thing: false, colour: "#000000"}
"""
            .formatted(folder, published));
    return Catalog.withFolder(new org.apache.hadoop.fs.Path(catalogue.toUri()), new Configuration())
        .open("own", Optional.empty(), new Configuration())
        .check(List.of("val"));
  }

  @Test
  void videosOfOtherLengthsAndVideosThatAreMissingAreNamed() throws IOException {
    writeVideo("0001", 2);
    writeVideo("0003", 1);

    CatalogCheck check = check("{videos: {'0001': 3, '0002': 1200}}");

    assertThat(check.clean()).isFalse();
    assertThat(check.splits().get(0).problems().get(FileProblem.Kind.NOT_AS_PUBLISHED).examples())
        .containsExactly(
            "data set own, split val: video 0001 has 2 frames, 3 are published",
            "data set own, split val: video 0002 has 0 frames, 1,200 are published",
            "data set own, split val: video 0003 has 1 frames, which is not published");
  }

  @Test
  void aSumAloneIsComparedAsWell() throws IOException {
    writeVideo("0001", 2);

    assertThat(check("{frames: 2}").clean()).isTrue();
    assertThat(
            check("{frames: 5}")
                .splits()
                .get(0)
                .problems()
                .get(FileProblem.Kind.NOT_AS_PUBLISHED)
                .examples())
        .containsExactly("data set own, split val: 2 frames, 5 are published");
  }

  @Test
  void countsThatContradictThemselvesAreRefused() {
    assertThatThrownBy(() -> new PublishedCounts(Map.of("a", 3), 4))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("4 frames, and 3 in its videos");
    assertThatThrownBy(() -> new PublishedCounts(Map.of("a", 0), 0))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> new PublishedCounts(null, 0))
        .isInstanceOf(InvalidInputException.class);
  }
}
