package io.videottt.adaptation.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.videottt.adaptation.engine.DivergenceException;
import io.videottt.adaptation.inference.FramePredictor;
import io.videottt.adaptation.inference.TaskPrediction;
import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.scoring.FrameResultLines;
import io.videottt.adaptation.scoring.FrameScore;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.settings.PostProcessing;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.GrayVideo;
import io.videottt.catalog.video.Video;
import io.videottt.metrics.LumaChroma;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.folder.SegmentationModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.ValueSource;

/** Colorization of gray videos by every method that applies. */
class ColorizationTest {

  private static final Set<Task> COLORIZATION = Set.of(Task.COLORIZATION);
  private static final Video VIDEO = new GrayVideo(SyntheticVideo.of("video", 6, 3));
  private static final AdaptationSettings SETTINGS =
      AdaptationSettings.preset("small", "test")
          .with(
              Map.of(
                  "height", 0,
                  "width", 0,
                  "batchSize", 2,
                  "window", 3,
                  "offlineIterations", 2,
                  "offlineEvaluationStep", 1),
              "test");

  @TempDir private Path folder;
  private SegmentationModel model;
  private AdaptationRunner runner;

  @BeforeEach
  void open() {
    ModelConfiguration configuration =
        ModelConfiguration.parse(
            TinyModels.configuration()
                .toJson()
                .replaceFirst("\"num_labels\" : 3", "\"num_labels\" : 0")
                .replaceFirst("\\{", "{\"output_space\": \"chroma\","),
            "chroma");
    model = SegmentationModel.initialise(configuration, 1, Device.cpu());
    runner =
        new AdaptationRunner(
            model,
            SyntheticVideo.CLASSES,
            List.of(new GrayVideo(SyntheticVideo.of("training", 6, 77))));
  }

  @AfterEach
  void close() {
    runner.close();
    model.close();
  }

  private List<FrameResult> run(Video video, Method method) throws InterruptedException {
    List<FrameResult> results = new ArrayList<>();
    runner.run(video, COLORIZATION, method, SETTINGS, 5, results::add);
    return results;
  }

  private static FrameScore.Colorization score(FrameResult result) {
    return (FrameScore.Colorization) result.score().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "main-task-only",
        "mae-joint-training",
        "ttt-mae-no-memory",
        "implicit-memory-only",
        "explicit-memory-only",
        "online-ttt-mae",
        "offline-ttt-mae-all-frames",
        "ln-adapt",
        "standardised-fixed",
        "foreign-frames"
      })
  void everyFrameIsScored(
      @ConvertWith(io.videottt.adaptation.method.MethodById.class) Method method)
      throws InterruptedException {
    List<FrameResult> results = run(VIDEO, method);

    assertThat(results).hasSize(6).allMatch(FrameResult::annotated);
    assertThat(results).allMatch(result -> result.value().isPresent());
    assertThat(score(results.get(0)).change()).isEmpty();
    assertThat(results.subList(1, 6))
        .allSatisfy(
            result ->
                assertThat(score(result).change().orElseThrow().samples()).isEqualTo(2 * 48 * 64));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tent", "tent-class-balance", "self-train", "self-train-class-balance"})
  void methodsThatNeedADistributionOrAConfidenceAreRefusedWithTheReason(
      @ConvertWith(io.videottt.adaptation.method.MethodById.class) Method method) {
    assertThat(method.limitation(Task.COLORIZATION)).isPresent();
    assertThatThrownBy(() -> run(VIDEO, method))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(method.id() + " cannot do colorization: ")
        .hasMessageContaining(method.limitation(Task.COLORIZATION).orElseThrow());
  }

  @Test
  void theColoursKeepTheLumaOfTheFrameAtItsOwnResolution() {
    FramePredictor predictor =
        new FramePredictor(
            model,
            SETTINGS.with(Map.of("height", 24, "width", 32), "test").workingSize(),
            List.of(),
            PostProcessing.defaults());
    Frame frame = VIDEO.read(0);
    RgbImage colours =
        ((TaskPrediction.Colorization)
                predictor.predict(frame.image(), List.of(Task.COLORIZATION)).get(0))
            .colours();

    assertThat(colours.height()).isEqualTo(48);
    assertThat(colours.width()).isEqualTo(64);
    byte[] own = colours.pixels();
    byte[] luma = LumaChroma.gray(own);
    int compared = 0;
    for (int i = 0; i < luma.length; i += 3) {
      // Where no channel was cut off.
      if (inside(own[i]) && inside(own[i + 1]) && inside(own[i + 2])) {
        assertThat(luma[i] & 0xff).isCloseTo(frame.image().pixels()[i] & 0xff, within(1));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(48 * 64 / 2);
  }

  private static boolean inside(byte value) {
    return value != 0 && value != (byte) 255;
  }

  @Test
  void testTimeTrainingChangesTheColoursOfLaterFrames() throws InterruptedException {
    List<FrameResult> fixed = run(VIDEO, Methods.MAE_JOINT_TRAINING);
    List<FrameResult> online = run(VIDEO, Methods.ONLINE_TTT_MAE);

    assertThat(score(online.get(5)).counts()).isNotEqualTo(score(fixed.get(5)).counts());
    assertThat(online.get(5).reconstructionLossBefore()).isPositive();
  }

  @Test
  void aStillVideoOfAFixedModelDoesNotFlicker() throws InterruptedException {
    Video still = new GrayVideo(SyntheticVideo.still("still", 3, 3));

    List<FrameResult> results = run(still, Methods.MAE_JOINT_TRAINING);

    assertThat(score(results.get(2)).change().orElseThrow().flicker().orElseThrow()).isZero();
  }

  @Test
  void framesOutOfOrderHaveNoFlicker() throws InterruptedException {
    List<FrameResult> results = new ArrayList<>();
    runner.run(
        VIDEO,
        COLORIZATION,
        Methods.MAE_JOINT_TRAINING,
        SETTINGS.with(Map.of("frameOrder", "shuffled"), "test"),
        5,
        results::add);

    for (int i = 1; i < results.size(); i++) {
      assertThat(score(results.get(i)).change().isPresent())
          .isEqualTo(results.get(i).index() == results.get(i - 1).index() + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mae-joint-training", "online-ttt-mae"})
  void goesOnBitForBitWithTheColoursOfTheFrameBefore(
      @ConvertWith(io.videottt.adaptation.method.MethodById.class) Method method)
      throws InterruptedException {
    List<FrameResult> undisturbed = run(VIDEO, method);
    List<String> notices = new ArrayList<>();
    int[] frames = {0};
    assertThatThrownBy(
            () ->
                runner.run(
                    VIDEO,
                    COLORIZATION,
                    method,
                    SETTINGS,
                    5,
                    checkpoints(notices),
                    result -> {
                      if (++frames[0] == 4) {
                        throw new IllegalStateException("killed");
                      }
                    }))
        .hasMessage("killed");
    List<FrameResult> resumed = new ArrayList<>();
    runner.run(VIDEO, COLORIZATION, method, SETTINGS, 5, checkpoints(notices), resumed::add);

    assertThat(notices).isEmpty();
    assertThat(AdaptationRunnerTest.withoutTimes(resumed))
        .isEqualTo(AdaptationRunnerTest.withoutTimes(undisturbed));
    assertThat(score(resumed.get(3)).change()).isPresent();
  }

  private AdaptationCheckpoints checkpoints(List<String> notices) {
    return AdaptationCheckpoints.in(
        new org.apache.hadoop.fs.Path(folder.resolve("unit").toUri()),
        new Configuration(false),
        Map.of("unit", "one"),
        Duration.ZERO,
        notices::add);
  }

  @Test
  void aResultComesBackFromItsLineWithTheSameBits() throws InterruptedException {
    for (FrameResult result : run(VIDEO, Methods.MAE_JOINT_TRAINING)) {
      FrameResult read = FrameResultLines.read(FrameResultLines.write(result), "test");
      assertThat(read.score()).isEqualTo(result.score());
    }
  }

  @Test
  void coloursThatAreNoNumbersEndTheUnit() {
    model.parameters().all().get(0).value().addi(Float.NaN);
    assertThatThrownBy(() -> run(VIDEO, Methods.MAE_JOINT_TRAINING))
        .isInstanceOf(DivergenceException.class)
        .hasMessageContaining("a value of chroma is NaN");
  }

  @Test
  void temporalSmoothingAndVotesAreRefused() {
    AdaptationSettings smoothed =
        SETTINGS.with(Map.of("prediction", Map.of("smoothing", 3)), "test");
    assertThatThrownBy(
            () ->
                runner.run(
                    VIDEO, COLORIZATION, Methods.MAE_JOINT_TRAINING, smoothed, 5, result -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("not for colorization")
        .hasMessageContaining("colours have none");
  }

  @Test
  void aModelOfClassesIsRefusedInOneSentence() {
    try (SegmentationModel classes = TinyModels.create(1);
        AdaptationRunner other = new AdaptationRunner(classes, SyntheticVideo.CLASSES, List.of())) {
      assertThatThrownBy(
              () ->
                  other.run(
                      VIDEO, COLORIZATION, Methods.MAE_JOINT_TRAINING, SETTINGS, 5, result -> {}))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(
              "colorization needs a model that was trained to predict colours; this one can do"
                  + " semantic segmentation only");
    }
  }
}
