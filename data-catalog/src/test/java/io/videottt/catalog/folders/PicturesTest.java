package io.videottt.catalog.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.Video;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of pictures without annotation, as DAVIS has them. */
class PicturesTest {

  @TempDir private Path root;

  private DataSet davis(String... videos) throws IOException {
    for (String video : videos) {
      Path folder = Files.createDirectories(root.resolve("JPEGImages/480p").resolve(video));
      for (int frame = 0; frame < 3; frame++) {
        BufferedImage image = new BufferedImage(24, 16, BufferedImage.TYPE_INT_RGB);
        image.setRGB(frame, 0, 0xff8000);
        ImageIO.write(image, "jpg", folder.resolve("%05d.jpg".formatted(frame)).toFile());
      }
    }
    return Catalog.builtIn().open("davis", Optional.of(root.toString()), new Configuration());
  }

  @Test
  void framesAreReadAndTheirColoursAreTheTruth() throws IOException {
    DataSet davis = davis("blackswan", "bear");

    Video video = davis.video("val", "blackswan", Set.of(Task.COLORIZATION));
    Frame frame = video.read(2);

    assertThat(video.frameCount()).isEqualTo(3);
    assertThat(video.framesPerSecond()).isEqualTo(24);
    assertThat(frame.name()).isEqualTo("00002");
    assertThat(frame.truth().has(Task.COLORIZATION)).isTrue();
    assertThat(davis.definition().tasks()).containsExactly(Task.COLORIZATION);
    assertThat(davis.files("val", "blackswan").files()).hasSize(3);
    assertThat(davis.files("val", "blackswan").tasks("images/00000.jpg"))
        .contains(Task.COLORIZATION);
  }

  @Test
  void thereIsNothingElseToBePredicted() throws IOException {
    DataSet davis = davis("blackswan");

    assertThatThrownBy(() -> davis.video("val", "blackswan", Set.of(Task.SEMANTIC)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("data set davis has no ground truth for semantic segmentation");
  }

  @Test
  void everyVideoOfTheReleaseIsInOneSplit() throws IOException {
    DataSet davis = davis("blackswan");
    List<String> val = davis.videoIds("val");
    List<String> train = davis.videoIds("train");

    assertThat(val).hasSize(20).doesNotContainAnyElementsOf(train);
    assertThat(train).hasSize(30);
  }
}
