package io.videottt.adaptation.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.scoring.FrameScore;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.Task;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.Video;
import io.videottt.metrics.AreaRange;
import io.videottt.model.folder.SegmentationModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two images of the real COCO through the network, where the development data is at hand. */
class CocoSampleTest {

  private static final Path ROOT =
      Path.of("../../shared/data/coco-panoptic-sample").toAbsolutePath().normalize();
  private static final int CLASSES = 133;

  private static final String DEFINITION =
      """
      name: coco-sample
      root: "%s"
      layout:
        type: coco-panoptic
        images: sample_data/input_images
        panoptic: sample_data/panoptic_examples.json
        masks: sample_data/panoptic_examples
        instances: sample_data/panoptic_coco_detection_format.json
      framesPerSecond: 1
      splits:
        all: {folder: ""}
      classes: coco-133
      """;

  /** A network from scratch is never confident; the short side is 96 pixels. */
  private static final AdaptationSettings SETTINGS =
      AdaptationRunnerTest.SETTINGS.with(
          Map.of(
              "shortSide",
              96,
              "postProcessing",
              Map.of("scoreThreshold", 0, "overlapThreshold", 0)),
          "test");

  @TempDir private Path catalog;

  private DataSet sample;

  @BeforeEach
  void open() throws IOException {
    assumeTrue(Files.isDirectory(ROOT), "no development data at " + ROOT);
    Files.writeString(catalog.resolve("coco-sample.yaml"), DEFINITION.formatted(ROOT));
    Configuration hadoop = new Configuration();
    sample =
        Catalog.withFolder(new org.apache.hadoop.fs.Path(catalog.toUri()), hadoop)
            .open("coco-sample", Optional.empty(), hadoop);
  }

  @Test
  void threeTasksAreAdaptedPredictedAndScoredAtTheImagesOwnSize() throws InterruptedException {
    Video stills = sample.videos("all", Task.segmentation()).get(0);
    List<FrameResult> results = new ArrayList<>();
    try (SegmentationModel model = TinyModels.mask2Former(1, CLASSES);
        AdaptationRunner runner =
            new AdaptationRunner(model, sample.definition().classes(), List.of(stills))) {
      runner.run(stills, Task.segmentation(), Methods.ONLINE_TTT_MAE, SETTINGS, 1, results::add);
    }

    assertThat(results).extracting(FrameResult::index).containsExactly(0, 0, 0, 1, 1, 1);
    assertThat(results).allMatch(result -> result.reconstructionLossBefore() > 0);
    for (FrameResult result : results) {
      Frame frame = stills.read(result.index());
      if (result.score().orElseThrow() instanceof FrameScore.Semantic semantic) {
        long labelled = 0;
        for (byte label : frame.labels().orElseThrow().labels()) {
          labelled += label == (byte) 255 ? 0 : 1;
        }
        assertThat(semantic.counts().pixels()).isEqualTo(labelled);
      } else if (result.score().orElseThrow() instanceof FrameScore.Panoptic panoptic) {
        long truths = 0;
        long predictions = 0;
        for (int classId = 0; classId < CLASSES; classId++) {
          long matched = panoptic.counts().truePositives(classId);
          truths += matched + panoptic.counts().falseNegatives(classId);
          predictions += matched + panoptic.counts().falsePositives(classId);
        }
        long listed =
            frame.truth().panoptic().orElseThrow().segments().stream()
                .filter(segment -> !segment.crowd())
                .count();
        assertThat(truths).isEqualTo(listed);
        assertThat(predictions).isPositive();
      } else if (result.score().orElseThrow() instanceof FrameScore.Instance instance) {
        long truths = 0;
        int detections = 0;
        for (int classId = 0; classId < CLASSES; classId++) {
          truths += instance.counts().truths(classId, AreaRange.ALL);
          detections += instance.counts().detections(classId).size();
        }
        long objects =
            frame.truth().instances().orElseThrow().stream().filter(o -> !o.crowd()).count();
        assertThat(truths).isEqualTo(objects);
        assertThat(detections).isBetween(1, 100);
      }
    }
  }
}
