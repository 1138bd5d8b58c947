package io.videottt.jobs;

import static io.videottt.jobs.SyntheticResults.frame;
import static io.videottt.jobs.SyntheticResults.unannotated;
import static io.videottt.jobs.SyntheticResults.unit;
import static io.videottt.jobs.SyntheticResults.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.videottt.adaptation.FramePreview;
import io.videottt.adaptation.FrameResult;
import io.videottt.adaptation.Method;
import io.videottt.metrics.Task;
import io.videottt.reports.SideBySide;
import io.videottt.reports.SideBySide.Picture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Pictures as they are written to Parquet files, and those of them that a report shows. */
class PreviewJobTest {

  private static final double EXACT = 1e-9;
  private static final int PIXELS = 10;
  private static final String TRUTH = "0".repeat(PIXELS);
  private static final String IGNORED = "9".repeat(PIXELS);

  @RegisterExtension private static final SharedSession SPARK = new SharedSession();

  @TempDir private Path folder;
  private SyntheticResults results;

  @BeforeEach
  void open() {
    results = new SyntheticResults(folder);
  }

  private List<SideBySide> shown() throws IOException {
    return new PreviewJob(results.rows(SPARK.get())).frames();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The prediction's picture, of a fixed model with input and truth, each telling its frame. */
  private static FrameResult pictured(Unit unit, FrameResult frame) {
    String place = "%s of unit %s".formatted(frame.name(), unit.id());
    boolean fixed = unit.method() == Method.MAE_JOINT_TRAINING;
    return with(
        new FramePreview(
            bytes("prediction " + place),
            fixed ? Optional.of(bytes("input " + place)) : Optional.empty(),
            fixed ? Optional.of(bytes("truth " + place)) : Optional.empty()),
        frame);
  }

  /** A frame of one class, of which so many pixels are right. */
  private static FrameResult scored(int index, int right) {
    return frame(index, TRUTH, "0".repeat(right) + "1".repeat(PIXELS - right));
  }

  private static double quality(int right) {
    return 100.0 * right / PIXELS;
  }

  /** Writes frames with pictures, frame by frame with so many right pixels. */
  private void write(Unit unit, int... right) throws IOException {
    results.write(
        unit,
        IntStream.range(0, right.length)
            .mapToObj(index -> pictured(unit, scored(index, right[index])))
            .toArray(FrameResult[]::new));
  }

  private static List<String> texts(SideBySide frame) {
    return frame.pictures().stream()
        .map(picture -> new String(picture.file(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void thoseThatGainAndLoseMostAreShownWithThePicturesThatWereWritten() throws IOException {
    // By frame the gain is 1, -3, 0, 2, -1, 4 and, of the other video, 3, -2.
    Unit fixed = unit("0001", Method.MAE_JOINT_TRAINING, 0);
    Unit online = unit("0001", Method.ONLINE_TTT_MAE, 0);
    write(fixed, 4, 4, 4, 4, 4, 4);
    write(online, 5, 1, 4, 6, 3, 8);
    write(unit("0002", Method.MAE_JOINT_TRAINING, 0), 5, 5);
    write(unit("0002", Method.ONLINE_TTT_MAE, 0), 8, 3);

    List<SideBySide> shown = shown();

    assertThat(shown)
        .extracting(SideBySide::video, SideBySide::frame)
        .containsExactly(
            tuple("0001", "000005"),
            tuple("0002", "000000"),
            tuple("0001", "000003"),
            tuple("0002", "000001"),
            tuple("0001", "000001"));
    assertThat(shown)
        .allSatisfy(
            frame -> {
              assertThat(frame.set().dataset()).isEqualTo("tiny");
              assertThat(frame.set().task()).isEqualTo(Task.SEMANTIC);
              assertThat(frame.model()).isEqualTo("model");
            });
    assertThat(shown.get(0).fixed()).isCloseTo(quality(4), within(EXACT));
    assertThat(shown.get(0).adapted()).isCloseTo(quality(8), within(EXACT));
    assertThat(shown.get(4).adapted()).isCloseTo(quality(1), within(EXACT));
    assertThat(shown.get(0).pictures())
        .extracting(Picture::title, Picture::mediaType)
        .containsExactly(
            tuple("Input", "image/jpeg"),
            tuple("Ground truth", "image/png"),
            tuple("Fixed: " + Method.MAE_JOINT_TRAINING.title(), "image/png"),
            tuple("Adapted: " + Method.ONLINE_TTT_MAE.title(), "image/png"));
    assertThat(texts(shown.get(4)))
        .containsExactly(
            "input 000001 of unit " + fixed.id(),
            "truth 000001 of unit " + fixed.id(),
            "prediction 000001 of unit " + fixed.id(),
            "prediction 000001 of unit " + online.id());
    assertThat(shown.stream().map(PreviewJobTest::texts)).doesNotHaveDuplicates();
  }

  @Test
  void framesWithoutPicturesOrWithoutMetricAreNotShown() throws IOException {
    Unit fixed = unit("0001", Method.MAE_JOINT_TRAINING, 0);
    Unit online = unit("0001", Method.ONLINE_TTT_MAE, 0);
    results.write(
        fixed,
        pictured(fixed, scored(0, 4)),
        pictured(fixed, scored(1, 1)),
        scored(2, 1),
        pictured(fixed, unannotated(3)),
        pictured(fixed, frame(4, IGNORED, TRUTH)),
        pictured(fixed, scored(5, 1)));
    results.write(
        online,
        pictured(online, scored(0, 5)),
        scored(1, 9),
        pictured(online, scored(2, 9)),
        pictured(online, unannotated(3)),
        pictured(online, frame(4, IGNORED, TRUTH)),
        pictured(online, frame(5, IGNORED, TRUTH)));

    assertThat(shown()).extracting(SideBySide::frame).containsExactly("000000");
  }

  @Test
  void withoutTheFixedModelOrOneThatAdaptsNothingIsShown() throws IOException {
    write(unit("0001", Method.MAE_JOINT_TRAINING, 0), 4, 4);
    write(unit("0001", Method.LN_ADAPT, 0), 9, 1);
    write(unit("0002", Method.ONLINE_TTT_MAE, 0), 9, 1);

    assertThat(shown()).isEmpty();
  }

  @Test
  void theOnlineMethodIsShownWhereverItWasRun() throws IOException {
    write(unit("0001", Method.MAE_JOINT_TRAINING, 0), 4);
    write(unit("0001", Method.TTT_MAE_NO_MEMORY, 0), 9);
    write(unit("0001", Method.ONLINE_TTT_MAE, 0), 5);

    assertThat(shown())
        .singleElement()
        .satisfies(
            frame -> {
              assertThat(frame.adapted()).isCloseTo(quality(5), within(EXACT));
              assertThat(frame.pictures().get(3).title())
                  .isEqualTo("Adapted: " + Method.ONLINE_TTT_MAE.title());
            });
  }

  @Test
  void ofSeveralSeedsAndTrainedModelsTheFirstCounts() throws IOException {
    for (long trainingSeed : List.of(2L, 1L)) {
      String fingerprint = "f00d" + trainingSeed;
      write(
          unit(Task.SEMANTIC, "0001", Method.MAE_JOINT_TRAINING, 0, trainingSeed, fingerprint),
          trainingSeed == 1 ? 4 : 1);
      for (long seed : List.of(9L, 3L)) {
        write(
            unit(Task.SEMANTIC, "0001", Method.ONLINE_TTT_MAE, seed, trainingSeed, fingerprint),
            trainingSeed == 1 && seed == 3 ? 5 : 9);
      }
    }

    assertThat(shown())
        .singleElement()
        .satisfies(
            frame -> {
              assertThat(frame.fixed()).isCloseTo(quality(4), within(EXACT));
              assertThat(frame.adapted()).isCloseTo(quality(5), within(EXACT));
              assertThat(texts(frame).get(3))
                  .isEqualTo(
                      "prediction 000000 of unit "
                          + unit(Task.SEMANTIC, "0001", Method.ONLINE_TTT_MAE, 3, 1L, "f00d1")
                              .id());
            });
  }

  @Test
  void aTrainedModelIsComparedWithItselfOnly() throws IOException {
    write(unit(Task.SEMANTIC, "0001", Method.MAE_JOINT_TRAINING, 0, 1L, "f00d1"), 4);
    write(unit(Task.SEMANTIC, "0001", Method.MAE_JOINT_TRAINING, 0, 2L, "f00d2"), 1);
    write(unit(Task.SEMANTIC, "0001", Method.ONLINE_TTT_MAE, 0, 2L, "f00d2"), 5);

    assertThat(shown())
        .singleElement()
        .satisfies(frame -> assertThat(frame.fixed()).isCloseTo(quality(1), within(EXACT)));
  }
}
