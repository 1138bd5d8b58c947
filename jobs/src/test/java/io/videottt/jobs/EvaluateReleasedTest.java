package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The released code's formulas through the command. */
class EvaluateReleasedTest {

  private static final double EXACT = 1e-9;

  @TempDir private Path folder;

  private EvaluationFiles files;

  @BeforeEach
  void writeFiles() {
    files = new EvaluationFiles(folder);
  }

  @Test
  void aClassThatIsOnlyPredictedCountsAsZero() {
    files.gray("gt/b.png", 8, 6, (x, y) -> 0);
    EvaluationCommandRun run = files.semantic();
    JsonNode result = run.result();

    // Frame b: half of class 0 is found, the other half is called class 1.
    assertThat(result.at("/frame_mean/mIoU").asDouble()).isCloseTo(75, within(EXACT));
    assertThat(result.at("/released/mIoU").asDouble()).isCloseTo(62.5, within(EXACT));
    assertThat(result.at("/released_per_frame/a/mIoU").asDouble()).isCloseTo(100, within(EXACT));
    assertThat(result.at("/released_per_frame/b/mIoU").asDouble()).isCloseTo(25, within(EXACT));
    assertThat(run.out()).containsPattern("\\| released *\\| 62\\.50 \\|");
  }

  @Test
  void aCrowdIsASegmentThatCanBeMissed() {
    files.replace(
        "gt-panoptic.json",
        "{\"id\": 500, \"category_id\": 3,",
        "{\"id\": 500, \"iscrowd\": 1, \"category_id\": 3,");
    files.replace("pred-panoptic.json", "\"category_id\": 3", "\"category_id\": 7");
    files.colour("pred-masks/a.png", 8, 6, (x, y) -> x < 1 ? 500 : 70_000);
    JsonNode result = files.panoptic().result();

    // Frame a: road has a match of 24 of 42 pixels and a wrong segment, car a crowd that is missed.
    assertThat(result.at("/per_frame/a/PQ").asDouble())
        .isCloseTo(100 * (24.0 / 42) / 1.5, within(EXACT));
    assertThat(result.at("/released_per_frame/a/PQ").asDouble())
        .isCloseTo(100 * (24.0 / 42) / 1.5 / 2, within(EXACT));
  }

  @Test
  void aFrameWithoutSegmentIsZeroAndOneWithoutObjectUndefined() {
    files.replace(
        "gt-panoptic.json",
        "\"file_name\": \"b.png\", \"segments_info\": [{\"id\": 500, \"category_id\": 3, \"area\":"
            + " 24}, {\"id\": 70000, \"category_id\": 7}]",
        "\"file_name\": \"b.png\", \"segments_info\": []");
    files.replace(
        "pred-panoptic.json",
        "\"file_name\": \"b.png\", \"segments_info\": [{\"id\": 500, \"category_id\": 3, \"area\":"
            + " 24}, {\"id\": 70000, \"category_id\": 7}]",
        "\"file_name\": \"b.png\", \"segments_info\": []");
    files.colour("gt-masks/b.png", 8, 6, (x, y) -> 0);
    files.colour("pred-masks/b.png", 8, 6, (x, y) -> 0);
    JsonNode panoptic = files.panoptic().result();
    assertThat(panoptic.at("/per_frame/b/PQ").isNull()).isTrue();
    assertThat(panoptic.at("/frame_mean/PQ").asDouble()).isCloseTo(100, within(EXACT));
    assertThat(panoptic.at("/released/PQ").asDouble()).isCloseTo(50, within(EXACT));

    JsonNode instance = files.instance().result();
    assertThat(instance.at("/released_per_frame/b/AP").isNull()).isTrue();
    assertThat(instance.at("/released/AP").asDouble()).isCloseTo(100, within(EXACT));
  }
}
