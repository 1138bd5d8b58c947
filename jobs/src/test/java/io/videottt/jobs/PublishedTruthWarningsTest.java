package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two published COCO videos whose frames have 16 pixels of a segment that is not listed and a
 * listed segment without pixels: said in one line, and scored.
 */
class PublishedTruthWarningsTest {

  private static final int WIDTH = 48;
  private static final int HEIGHT = 32;
  private static final int FRAMES = 2;
  private static final String LABEL_MAPS =
      "type: label-maps, images: images, imageSuffix: .png, labels: labels, labelSuffix: .png,"
          + " labelEncoding: SINGLE_CHANNEL";

  @TempDir private Path folder;
  private TinySweep sweep;
  private Path config;

  @BeforeEach
  void writeVideos() throws IOException {
    sweep = TinySweep.create(folder, FRAMES, FRAMES);
    config = sweep.config("methods: [{method: main-task-only}, {method: tent, preset: small}]\n");
    for (String video : List.of("a", "b")) {
      List<String> images = new ArrayList<>();
      List<String> annotations = new ArrayList<>();
      for (int frame = 0; frame < FRAMES; frame++) {
        writeMask(folder.resolve("data/masks/%s/%04d.png".formatted(video, frame)));
        images.add(
            "{\"id\": %d, \"file_name\": \"%04d.png\", \"width\": %d, \"height\": %d}"
                .formatted(frame, frame, WIDTH, HEIGHT));
        annotations.add(
            """
            {"image_id": %d, "file_name": "%04d.png", "segments_info": [
              {"id": 1, "category_id": 0, "iscrowd": 0, "area": 700.25},
              {"id": 2, "category_id": 1, "iscrowd": 0},
              {"id": 3, "category_id": 2, "iscrowd": 0}]}
            """
                .formatted(frame, frame));
      }
      Path json = folder.resolve("data/annotations/" + video + ".json");
      Files.createDirectories(json.getParent());
      Files.writeString(
          json,
          "{\"images\": [%s], \"annotations\": [%s]}"
              .formatted(String.join(",", images), String.join(",", annotations)));
    }
    catalogue(LABEL_MAPS, "type: coco-videos, images: images, panoptic: annotations, masks: masks");
  }

  /** Segments 1 above and 2 below, segment 9 in a corner of 4 x 4; red is the lowest byte. */
  private static void writeMask(Path file) throws IOException {
    BufferedImage mask = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        mask.setRGB(x, y, (x < 4 && y < 4 ? 9 : y < HEIGHT / 2 ? 1 : 2) << 16);
      }
    }
    Files.createDirectories(file.getParent());
    ImageIO.write(mask, "png", file.toFile());
  }

  private void catalogue(String from, String to) throws IOException {
    Path file = folder.resolve("catalog/tiny.yaml");
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  private TinySweep.Run run(String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--catalog", folder.resolve("catalog").toString()));
    return TinySweep.run(arguments.toArray(String[]::new));
  }

  @Test
  void planAndSweepSayItInOneLineForTheDataSetAndTheFramesAreScored() throws IOException {
    catalogue("published: false", "published: true");
    String warning =
        "tiny test: ground truth read as it stands: 64 pixels of segments that are not listed (no"
            + " void and of no segment, as for panopticapi; without class for mIoU), 4 listed"
            + " segments without pixels (missed, as for panopticapi); ./ttt catalog check tiny"
            + " names them";

    TinySweep.Run planned = run("plan", "--config", config.toString());
    assertThat(planned.status()).as(planned.err()).isZero();
    assertThat(planned.out()).containsOnlyOnce(warning).containsOnlyOnce("as it stands");

    TinySweep.Run swept = sweep.sweep(config, "out", "local[1]");
    assertThat(swept.status()).as(swept.err()).isZero();
    assertThat(swept.err()).containsOnlyOnce(warning);
    assertThat(TinySweep.reproducibleRows(sweep.output("out"))).hasSize(2 * 2 * FRAMES);
  }

  @Test
  void theCheckOfAMovedRootNamesTheFramesAndEndsWithStatusZero() throws IOException {
    catalogue("published: false", "published: true");
    Path moved = folder.resolve("moved");
    Files.move(folder.resolve("data"), moved);
    TinySweep.Run checked =
        run("catalog", "check", "tiny", "--split", "test", "--root", "tiny=" + moved);
    assertThat(checked.status()).as(checked.out() + checked.err()).isZero();
    assertThat(checked.out())
        .contains("tiny test: 2 videos, 4 frames, 4 annotated")
        .contains("  warning: 64 pixels of segments that are not listed: no void")
        .contains("a.json: image 0001: 16 pixels in ", "0001.png of segment 9, not listed")
        .contains("  warning: 4 listed segments without pixels: missed, as for panopticapi")
        .contains("nothing is missing or wrong, with warnings");
  }

  @Test
  void elsewhereItIsWrong() {
    TinySweep.Run checked = run("catalog", "check", "tiny", "--split", "test");
    assertThat(checked.status()).isEqualTo(1);
    assertThat(checked.out())
        .contains("segment mismatch: 8", "problems were found")
        .doesNotContain("warning");
    TinySweep.Run planned = run("plan", "--config", config.toString());
    assertThat(planned.out()).doesNotContain("as it stands");
  }
}
