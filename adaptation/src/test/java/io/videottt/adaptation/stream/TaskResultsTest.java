package io.videottt.adaptation.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.videottt.adaptation.engine.DivergenceException;
import io.videottt.adaptation.inference.FramePredictor;
import io.videottt.adaptation.inference.TaskPrediction;
import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.MethodById;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.scoring.FrameScore;
import io.videottt.adaptation.scoring.FrameScorer;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.Video;
import io.videottt.metrics.AreaRange;
import io.videottt.metrics.DetectionOutcome;
import io.videottt.model.folder.SegmentationModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several tasks of one adaptation. */
class TaskResultsTest {

  private static final Set<Task> ALL = Task.segmentation();

  /** A network from scratch is never confident. */
  private static final AdaptationSettings SETTINGS =
      AdaptationRunnerTest.SETTINGS.with(
          Map.of("postProcessing", Map.of("scoreThreshold", 0.25, "overlapThreshold", 0)), "test");

  private static final List<Video> TRAINING = List.of(SyntheticVideo.of("training", 4, 77));
  private static final List<ClassDefinition> THINGS_FIRST =
      List.of(
          new ClassDefinition(0, "person", true, "#000000", List.of()),
          new ClassDefinition(1, "car", true, "#000001", List.of()),
          new ClassDefinition(2, "road", false, "#000002", List.of()));

  private SegmentationModel joint;
  private AdaptationRunner runner;

  private record Run(Map<Task, TaskOutcome> outcomes, List<FrameResult> results) {

    List<List<Object>> of(Task task) {
      return results.stream()
          .filter(result -> result.task() == task)
          .map(
              result ->
                  List.<Object>of(
                      result.index(),
                      result.score().map(TaskResultsTest::numbers).orElse(List.of()),
                      result.reconstructionLossBefore(),
                      result.gradientNorm()))
          .toList();
    }
  }

  @BeforeEach
  void open() {
    joint = TinyModels.mask2Former(1, 3);
    runner = new AdaptationRunner(joint, SyntheticVideo.CLASSES, TRAINING);
  }

  @AfterEach
  void close() {
    runner.close();
    joint.close();
  }

  private Run run(Video video, Set<Task> tasks, Method method) throws InterruptedException {
    List<FrameResult> results = new ArrayList<>();
    return new Run(runner.run(video, tasks, method, SETTINGS, 5, results::add), results);
  }

  /** Every count of a score. */
  private static List<Object> numbers(FrameScore score) {
    List<Object> numbers = new ArrayList<>();
    if (score instanceof FrameScore.Semantic semantic) {
      numbers.add(semantic.counts());
    } else if (score instanceof FrameScore.Panoptic panoptic) {
      for (int classId = 0; classId < panoptic.counts().classCount(); classId++) {
        numbers.add(panoptic.counts().iouSum(classId));
        numbers.add(panoptic.counts().truePositives(classId));
        numbers.add(panoptic.counts().falsePositives(classId));
        numbers.add(panoptic.counts().falseNegatives(classId));
      }
    } else if (score instanceof FrameScore.Instance instance) {
      for (int classId = 0; classId < instance.counts().classCount(); classId++) {
        numbers.add(instance.counts().truths(classId, AreaRange.ALL));
        for (DetectionOutcome detection : instance.counts().detections(classId)) {
          numbers.add(detection.score());
          numbers.add(Arrays.toString(detection.matched()));
          numbers.add(Arrays.toString(detection.ignored()));
        }
      }
    }
    return numbers;
  }

  @ParameterizedTest
  @MethodSource("io.videottt.adaptation.method.Methods#all")
  void everyMethodPredictsEveryTaskItKnowsOfEveryFrame(Method method) throws InterruptedException {
    Set<Task> tasks = EnumSet.copyOf(ALL.stream().filter(method::supports).toList());
    Run run = run(SyntheticVideo.of("video", 3, 3), tasks, method);
    for (Task task : tasks) {
      assertThat(run.of(task)).hasSize(3);
    }
    assertThat(run.results()).extracting(FrameResult::index).isSorted().hasSize(3 * tasks.size());
    assertThat(run.results().subList(0, tasks.size()))
        .extracting(FrameResult::task)
        .containsExactlyElementsOf(tasks);
    assertThat(run.results())
        .allMatch(
            result -> result.annotated() && result.score().orElseThrow().task() == result.task())
        .allMatch(result -> result.value().isPresent() && result.secondsPredict() > 0);
    assertThat(run.outcomes()).containsOnlyKeys(tasks.toArray(Task[]::new));
    run.outcomes()
        .forEach(
            (task, outcome) -> {
              assertThat(outcome.frames()).isEqualTo(3);
              assertThat(outcome.frameMean().orElseThrow())
                  .isCloseTo(
                      run.results().stream()
                          .filter(result -> result.task() == task)
                          .mapToDouble(result -> result.value().orElseThrow())
                          .average()
                          .orElseThrow(),
                      within(1e-9));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"mae-joint-training", "online-ttt-mae", "offline-ttt-mae-all-frames"})
  void aTasksResultsDoNotDependOnTheOthers(@ConvertWith(MethodById.class) Method method)
      throws InterruptedException {
    SyntheticVideo video = SyntheticVideo.of("video", 3, 3);
    Run together = run(video, ALL, method);
    for (Task task : ALL) {
      Run alone = run(video, Set.of(task), method);
      assertThat(alone.of(task)).isEqualTo(together.of(task));
      assertThat(alone.outcomes()).containsExactly(Map.entry(task, together.outcomes().get(task)));
    }
  }

  @Test
  void queriesBecomeSegmentsAndDetections() throws InterruptedException {
    Run run = run(SyntheticVideo.of("video", 2, 3), ALL, Methods.MAE_JOINT_TRAINING);
    long segments = 0;
    long detections = 0;
    for (FrameResult result : run.results()) {
      if (result.score().orElseThrow() instanceof FrameScore.Panoptic panoptic) {
        for (int classId = 0; classId < 3; classId++) {
          segments += panoptic.counts().truePositives(classId);
          segments += panoptic.counts().falsePositives(classId);
        }
        // Without crowds and ignored segments the released code counts the same.
        assertThat(panoptic.released()).isEqualTo(panoptic.value());
      } else if (result.score().orElseThrow() instanceof FrameScore.Instance instance) {
        detections += instance.counts().detections(1).size();
        assertThat(instance.stuff()).contains(Set.of());
      }
    }
    assertThat(segments).isPositive();
    assertThat(detections).isEqualTo(2 * 5);
  }

  @Test
  void singleImagesArePredictedAsInTheSweep() throws InterruptedException {
    SyntheticVideo video = SyntheticVideo.of("video", 1, 3);
    FramePredictor predictor =
        new FramePredictor(
            joint, SETTINGS.workingSize(), SyntheticVideo.CLASSES, SETTINGS.postProcessing());
    FrameScorer scorer = new FrameScorer(3);
    Frame frame = video.read(0);
    RgbImage image = frame.image();
    Run run = run(video, ALL, Methods.MAE_JOINT_TRAINING);
    List<TaskPrediction> predictions =
        List.of(
            new TaskPrediction.Semantic(predictor.predict(image)),
            new TaskPrediction.Panoptic(predictor.panoptic(image)),
            new TaskPrediction.Instance(predictor.instances(image)));
    for (int task = 0; task < 3; task++) {
      assertThat(numbers(scorer.score(frame, predictions.get(task)).orElseThrow()))
          .isEqualTo(numbers(run.results().get(task).score().orElseThrow()));
    }
  }

  @Test
  void modelsThatPredictPixelsDoSemanticSegmentationOnly() throws InterruptedException {
    SyntheticVideo video = SyntheticVideo.of("video", 1, 3);
    try (SegmentationModel pixels = TinyModels.create(1);
        AdaptationRunner other = new AdaptationRunner(pixels, SyntheticVideo.CLASSES, List.of())) {
      for (Task task : List.of(Task.PANOPTIC, Task.INSTANCE)) {
        assertThatThrownBy(
                () ->
                    other.run(
                        video,
                        Set.of(Task.SEMANTIC, task),
                        Methods.MAE_JOINT_TRAINING,
                        SETTINGS,
                        5,
                        r -> {}))
            .isInstanceOf(InvalidInputException.class)
            .hasMessageContaining(task.id())
            .hasMessageContaining("predicts masks");
      }
    }
  }

  @Test
  void modelsOfTheThingsAloneDoInstanceSegmentationWhereThingsComeFirst()
      throws InterruptedException {
    SyntheticVideo video = SyntheticVideo.of("video", 1, 3);
    try (SegmentationModel things = TinyModels.mask2Former(1, 2);
        AdaptationRunner first = new AdaptationRunner(things, THINGS_FIRST, List.of())) {
      assertThat(
              first.run(video, Set.of(Task.INSTANCE), Methods.ONLINE_TTT_MAE, SETTINGS, 5, r -> {}))
          .containsOnlyKeys(Task.INSTANCE);
      for (Task task : List.of(Task.SEMANTIC, Task.PANOPTIC)) {
        assertThatThrownBy(
                () ->
                    first.run(
                        video, Set.of(task), Methods.MAE_JOINT_TRAINING, SETTINGS, 5, r -> {}))
            .isInstanceOf(InvalidInputException.class)
            .hasMessageContaining("the model has 2 classes and the data set 3")
            .hasMessageContaining(task.id());
      }
    }
  }

  @Test
  void thingsAloneDoNotFitWhereStuffComesFirst() {
    SyntheticVideo video = SyntheticVideo.of("video", 1, 3);
    try (SegmentationModel things = TinyModels.mask2Former(1, 1);
        AdaptationRunner other = new AdaptationRunner(things, SyntheticVideo.CLASSES, List.of())) {
      assertThatThrownBy(
              () ->
                  other.run(
                      video, Set.of(Task.INSTANCE), Methods.ONLINE_TTT_MAE, SETTINGS, 5, r -> {}))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("the model has 1 classes and the data set 3 (1 of them things)")
          .hasMessageContaining("listed first");
    }
  }

  @ParameterizedTest
  @EnumSource(value = Task.class, names = "COLORIZATION", mode = EnumSource.Mode.EXCLUDE)
  void scoresThatAreNoNumbersEndTheUnit(Task task) {
    joint.parameters().all().get(0).value().addi(Float.NaN);
    assertThatThrownBy(
            () -> run(SyntheticVideo.of("video", 1, 3), Set.of(task), Methods.MAE_JOINT_TRAINING))
        .isInstanceOf(DivergenceException.class)
        .hasMessageContaining("have diverged");
  }

  @Test
  void framesLeaveNoTensorsBehind() throws InterruptedException {
    List<Integer> arrays = new ArrayList<>();
    runner.run(
        SyntheticVideo.of("video", 12, 3),
        ALL,
        Methods.ONLINE_TTT_MAE,
        SETTINGS,
        5,
        result -> arrays.add(joint.manager().getManagedArrays().size()));
    assertThat(arrays.subList(9, 36)).containsOnly(arrays.get(9));
  }
}
