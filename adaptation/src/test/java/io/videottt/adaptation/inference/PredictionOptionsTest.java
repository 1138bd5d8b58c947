package io.videottt.adaptation.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.adaptation.frames.CropPolicy.Crop;
import io.videottt.adaptation.frames.ShuffledVideo;
import io.videottt.adaptation.frames.WorkingSize.Size;
import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.MethodById;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.stream.AdaptationRunner;
import io.videottt.adaptation.stream.AdaptationRunnerTest;
import io.videottt.adaptation.stream.AlteredVideo;
import io.videottt.adaptation.stream.SyntheticVideo;
import io.videottt.adaptation.stream.TinyModels;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.video.Video;
import io.videottt.model.folder.SegmentationModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.ValueSource;

/** Temporal smoothing, majority vote, shuffled frames and window sizes, on top of the methods. */
class PredictionOptionsTest {

  private static final AdaptationSettings SETTINGS = AdaptationRunnerTest.SETTINGS;
  private static final SyntheticVideo VIDEO = SyntheticVideo.of("video", 6, 3);

  private SegmentationModel model;
  private AdaptationRunner runner;

  @BeforeEach
  void open() {
    model = TinyModels.create(1);
    runner = runner(model);
  }

  @AfterEach
  void close() {
    runner.close();
    model.close();
  }

  private static AdaptationRunner runner(SegmentationModel model) {
    return new AdaptationRunner(
        model, SyntheticVideo.CLASSES, List.of(SyntheticVideo.of("training", 4, 77)));
  }

  private static AdaptationSettings with(String key, Object value) {
    return SETTINGS.with(Map.of(key, value), "test");
  }

  private static AdaptationSettings prediction(String key, int value) {
    return with("prediction", Map.of(key, value));
  }

  private List<List<Object>> run(Video video, Method method, AdaptationSettings settings)
      throws InterruptedException {
    return run(video, method, settings, 5);
  }

  private List<List<Object>> run(Video video, Method method, AdaptationSettings settings, long seed)
      throws InterruptedException {
    List<FrameResult> results = new ArrayList<>();
    runner.run(video, Set.of(Task.SEMANTIC), method, settings, seed, results::add);
    return AdaptationRunnerTest.withoutTimes(results);
  }

  private static List<List<Object>> sorted(List<List<Object>> results) {
    return results.stream().sorted(Comparator.comparing(row -> (Integer) row.get(0))).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mae-joint-training", "online-ttt-mae", "offline-ttt-mae-all-frames"})
  void smoothingOneFrameAndOneVoteArePlain(@ConvertWith(MethodById.class) Method method)
      throws InterruptedException {
    List<List<Object>> plain = run(VIDEO, method, SETTINGS);
    assertThat(run(VIDEO, method, prediction("smoothing", 1))).isEqualTo(plain);
    assertThat(run(VIDEO, method, prediction("votes", 1))).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6, 50})
  void aFixedModelPredictsSeveralFramesAtOnceInTheirOrder(int together)
      throws InterruptedException {
    List<List<Object>> plain = run(VIDEO, Methods.MAE_JOINT_TRAINING, SETTINGS);
    List<List<Object>> batched =
        run(VIDEO, Methods.MAE_JOINT_TRAINING, prediction("frameBatchSize", together));
    assertThat(batched).extracting(row -> row.get(0)).isEqualTo(List.of(0, 1, 2, 3, 4, 5));
    // Scores round otherwise; that much decides no pixel of this video.
    assertThat(batched).isEqualTo(plain);
  }

  @Test
  void framesAtOnceCountForMethodsThatChangeNothingOnly() throws InterruptedException {
    AdaptationSettings four = prediction("frameBatchSize", 4);
    Method fixed = Methods.MAE_JOINT_TRAINING;
    Method online = Methods.ONLINE_TTT_MAE;
    assertThat(run(VIDEO, online, four)).isEqualTo(run(VIDEO, online, SETTINGS));
    assertThat(online.canonical(four, Task.SEMANTIC))
        .isEqualTo(online.canonical(SETTINGS, Task.SEMANTIC));
    assertThat(fixed.canonical(SETTINGS, Task.SEMANTIC)).doesNotContain("frameBatchSize");
    assertThat(fixed.canonical(four, Task.SEMANTIC)).contains("\"prediction.frameBatchSize\":4");
  }

  @Test
  void smoothingAStillVideoChangesNothingButFromTheSecondFrameOnAMovingOne()
      throws InterruptedException {
    SyntheticVideo still = SyntheticVideo.still("video", 5, 3);
    AdaptationSettings smoothed = prediction("smoothing", 3);
    assertThat(run(still, Methods.MAE_JOINT_TRAINING, smoothed))
        .isEqualTo(run(still, Methods.MAE_JOINT_TRAINING, SETTINGS));
    List<List<Object>> plain = run(VIDEO, Methods.MAE_JOINT_TRAINING, SETTINGS);
    List<List<Object>> moving = run(VIDEO, Methods.MAE_JOINT_TRAINING, smoothed);
    assertThat(moving.get(0)).isEqualTo(plain.get(0));
    assertThat(moving).isNotEqualTo(plain);
  }

  @Test
  void smoothingForgetsWhatIsOlderThanItsWindow() throws InterruptedException {
    AdaptationSettings smoothed = prediction("smoothing", 3);
    List<List<Object>> whole = run(VIDEO, Methods.MAE_JOINT_TRAINING, smoothed);
    List<List<Object>> changed =
        run(AlteredVideo.inverted(VIDEO, 1), Methods.MAE_JOINT_TRAINING, smoothed);
    assertThat(changed.get(0)).isEqualTo(whole.get(0));
    assertThat(changed.get(1)).isNotEqualTo(whole.get(1));
    assertThat(changed.subList(4, 6)).isEqualTo(whole.subList(4, 6));
  }

  @Test
  void smoothingAveragesWhatTheParametersOfTheMomentPredicted() throws InterruptedException {
    // The adaptation itself knows nothing of it.
    List<List<Object>> plain = run(VIDEO, Methods.ONLINE_TTT_MAE, SETTINGS);
    List<List<Object>> smoothed = run(VIDEO, Methods.ONLINE_TTT_MAE, prediction("smoothing", 4));
    for (int frame = 0; frame < 6; frame++) {
      assertThat(smoothed.get(frame).subList(4, 7)).isEqualTo(plain.get(frame).subList(4, 7));
    }
    assertThat(smoothed).isNotEqualTo(plain);
  }

  @Test
  void smoothingWorksWithQueries() throws InterruptedException {
    SyntheticVideo still = SyntheticVideo.still("video", 3, 3);
    try (SegmentationModel queries = TinyModels.mask2Former(1, SyntheticVideo.CLASSES.size());
        AdaptationRunner own = runner(queries)) {
      assertThat(
              AdaptationRunnerTest.withoutTimes(
                  AdaptationRunnerTest.run(
                      own, still, Methods.MAE_JOINT_TRAINING, prediction("smoothing", 3), 5)))
          .isEqualTo(
              AdaptationRunnerTest.withoutTimes(
                  AdaptationRunnerTest.run(own, still, Methods.MAE_JOINT_TRAINING, SETTINGS, 5)));
    }
  }

  @Test
  void smoothingNeedsFramesOfOneSize() {
    AlteredVideo uneven =
        new AlteredVideo(
            VIDEO,
            frame ->
                frame.index() < 2
                    ? frame
                    : new SyntheticVideo("video", 6, 64, 96, 3, false, 1).read(frame.index()));
    assertThatThrownBy(() -> run(uneven, Methods.MAE_JOINT_TRAINING, prediction("smoothing", 2)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("frames of one size");
  }

  @Test
  void votesDependOnSeedAndFrameAlone() throws InterruptedException {
    AdaptationSettings votes = prediction("votes", 5);
    List<List<Object>> once = run(VIDEO, Methods.MAE_JOINT_TRAINING, votes);
    assertThat(run(VIDEO, Methods.MAE_JOINT_TRAINING, votes)).isEqualTo(once);
    assertThat(run(VIDEO, Methods.MAE_JOINT_TRAINING, votes, 6)).isNotEqualTo(once);
    assertThat(once).isNotEqualTo(run(VIDEO, Methods.MAE_JOINT_TRAINING, SETTINGS));
    AdaptationSettings shuffled = votes.with(Map.of("frameOrder", "shuffled"), "test");
    assertThat(sorted(run(VIDEO, Methods.MAE_JOINT_TRAINING, shuffled))).isEqualTo(once);
  }

  @Test
  void votesDoNotChangeTheAdaptation() throws InterruptedException {
    List<List<Object>> plain = run(VIDEO, Methods.ONLINE_TTT_MAE, SETTINGS);
    List<List<Object>> voted = run(VIDEO, Methods.ONLINE_TTT_MAE, prediction("votes", 3));
    for (int frame = 0; frame < 6; frame++) {
      assertThat(voted.get(frame).subList(4, 7)).isEqualTo(plain.get(frame).subList(4, 7));
    }
  }

  /** Scores of a view that show one class everywhere. */
  private static float[] all(int label, int classes, Size size) {
    float[] scores = new float[classes * size.height() * size.width()];
    int pixels = size.height() * size.width();
    java.util.Arrays.fill(scores, label * pixels, (label + 1) * pixels, 1f);
    return scores;
  }

  private static byte[] elected(List<Integer> votes, int plain) {
    Size size = new Size(2, 2);
    byte[] own = {(byte) plain, (byte) plain, (byte) plain, (byte) plain};
    MajorityVote.Ballot ballot = new MajorityVote.Ballot(4, new LabelMap(2, 2, own));
    votes.forEach(vote -> ballot.add(all(vote, 4, size), size, Crop.whole(2, 2)));
    return ballot.winners().labels();
  }

  @Test
  void theMajorityWinsInWhateverOrderItVotes() {
    assertThat(elected(List.of(1, 2, 2), 0)).containsOnly(2);
    assertThat(elected(List.of(2, 1, 2), 0)).containsOnly(2);
    assertThat(elected(List.of(2, 2, 1), 0)).containsOnly(2);
  }

  @Test
  void tiesGoToTheFrameItselfThenToTheLowerClass() {
    assertThat(elected(List.of(0), 3)).containsOnly(3);
    assertThat(elected(List.of(0, 0, 3), 3)).containsOnly(3);
    assertThat(elected(List.of(2, 2, 1, 1), 3)).containsOnly(1);
  }

  @Test
  void viewsVoteOnWhatTheyShowOnly() {
    Size size = new Size(4, 4);
    MajorityVote.Ballot ballot = new MajorityVote.Ballot(2, new LabelMap(8, 8, new byte[64]));
    Crop lowerRight = new Crop(2, 1, 2, 3, false);
    ballot.add(all(1, 2, size), size, lowerRight);
    ballot.add(all(1, 2, size), size, lowerRight);
    byte[] winners = ballot.winners().labels();
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        assertThat(winners[y * 8 + x]).isEqualTo((byte) (y >= 4 && x >= 2 ? 1 : 0));
      }
    }
  }

  @Test
  void aMirroredViewIsMirroredBack() {
    Size size = new Size(1, 4);
    // Class 1 in the view's left half, so in the frame's right half.
    float[] scores = {0, 0, 1, 1, 1, 1, 0, 0};
    MajorityVote.Ballot ballot = new MajorityVote.Ballot(2, new LabelMap(1, 4, new byte[4]));
    Crop mirrored = new Crop(0, 0, 1, 4, true);
    ballot.add(scores, size, mirrored);
    ballot.add(scores, size, mirrored);
    assertThat(ballot.winners().labels()).containsExactly(0, 0, 1, 1);
  }

  @Test
  void shufflingPermutesAFixedModelsResultsAndNothingElse() throws InterruptedException {
    AdaptationSettings shuffled = with("frameOrder", "shuffled");
    for (Method method :
        List.of(
            Methods.MAE_JOINT_TRAINING, Methods.STANDARDISED_FIXED, Methods.TTT_MAE_NO_MEMORY)) {
      List<List<Object>> results = run(VIDEO, method, shuffled);
      assertThat(results).extracting(row -> row.get(0)).doesNotHaveDuplicates().hasSize(6);
      List<List<Object>> temporal = run(VIDEO, method, SETTINGS);
      assertThat(results).isNotEqualTo(temporal);
      assertThat(sorted(results)).isEqualTo(temporal);
    }
  }

  @Test
  void shufflingChangesWhatAStreamLearnsAndTheSeedDecidesHow() throws InterruptedException {
    AdaptationSettings shuffled = with("frameOrder", "shuffled");
    List<List<Object>> results = run(VIDEO, Methods.ONLINE_TTT_MAE, shuffled);
    assertThat(run(VIDEO, Methods.ONLINE_TTT_MAE, shuffled)).isEqualTo(results);
    assertThat(sorted(results)).isNotEqualTo(run(VIDEO, Methods.ONLINE_TTT_MAE, SETTINGS));
    assertThat(run(VIDEO, Methods.ONLINE_TTT_MAE, shuffled, 6))
        .extracting(row -> row.get(0))
        .isNotEqualTo(results.stream().map(row -> row.get(0)).toList());
  }

  @Test
  void aShuffledStreamIsTheStreamOfTheShuffledVideo() throws InterruptedException {
    // The window of the explicit memory, too, holds the latest frames of the new order.
    Video reordered = ShuffledVideo.of(VIDEO, 5);
    assertThat(run(VIDEO, Methods.EXPLICIT_MEMORY_ONLY, with("frameOrder", "shuffled")))
        .isEqualTo(run(reordered, Methods.EXPLICIT_MEMORY_ONLY, SETTINGS));
  }

  @Test
  void theOfflineMethodKnowsNoOrder() throws InterruptedException {
    assertThat(run(VIDEO, Methods.OFFLINE_TTT_MAE_ALL_FRAMES, with("frameOrder", "shuffled")))
        .isEqualTo(run(VIDEO, Methods.OFFLINE_TTT_MAE_ALL_FRAMES, SETTINGS));
  }

  @Test
  void aWindowOfOneIsImplicitMemoryOnlyAndALongOneHoldsEverything() throws InterruptedException {
    assertThat(run(VIDEO, Methods.ONLINE_TTT_MAE, with("window", 1)))
        .isEqualTo(run(VIDEO, Methods.IMPLICIT_MEMORY_ONLY, SETTINGS));
    List<List<Object>> all = run(VIDEO, Methods.ONLINE_TTT_MAE, with("window", 0));
    assertThat(run(VIDEO, Methods.ONLINE_TTT_MAE, with("window", 6))).isEqualTo(all);
    assertThat(run(VIDEO, Methods.ONLINE_TTT_MAE, with("window", 1000))).isEqualTo(all);
    assertThat(run(VIDEO, Methods.ONLINE_TTT_MAE, with("window", 5))).isNotEqualTo(all);
  }

  @Test
  void segmentsAndInstancesAreRefusedWithTheReason() {
    for (Task task : List.of(Task.PANOPTIC, Task.INSTANCE)) {
      assertThat(prediction("smoothing", 2).supports(task)).isFalse();
      assertThat(prediction("votes", 2).supports(task)).isFalse();
      assertThat(SETTINGS.supports(task)).isTrue();
      assertThatThrownBy(
              () ->
                  runner.run(
                      VIDEO,
                      Set.of(task),
                      Methods.MAE_JOINT_TRAINING,
                      prediction("votes", 2),
                      5,
                      result -> {}))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("do not correspond");
    }
  }

  @Test
  void impossibleValuesAreRefused() {
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("smoothing", 0),
            Map.of("votes", 0),
            Map.of("votes", 10_001),
            Map.of("voteCropMinimum", 0),
            Map.of("voteColourJitter", 2),
            Map.of("voteBatchSize", 0),
            Map.of("frameBatchSize", 0),
            Map.of("smoothing", 2, "votes", 2))) {
      assertThatThrownBy(() -> with("prediction", wrong))
          .as(wrong.toString())
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("prediction");
    }
  }

  @Test
  void theCanonicalFormHoldsOnlyWhatMatters() {
    AdaptationSettings smoothed = prediction("smoothing", 3);
    AdaptationSettings shuffled = with("frameOrder", "shuffled");
    Method fixed = Methods.MAE_JOINT_TRAINING;
    assertThat(Methods.ONLINE_TTT_MAE.canonical(SETTINGS, Task.SEMANTIC))
        .doesNotContain("prediction")
        .doesNotContain("frameOrder");
    assertThat(fixed.canonical(smoothed, Task.SEMANTIC))
        .contains("\"prediction.smoothing\":3")
        .doesNotContain("vote");
    assertThat(fixed.canonical(prediction("votes", 7), Task.SEMANTIC))
        .contains("\"prediction.votes\":7", "\"prediction.voteCropMinimum\":0.6")
        .doesNotContain("smoothing");
    assertThat(fixed.canonical(shuffled, Task.SEMANTIC))
        .isEqualTo(fixed.canonical(SETTINGS, Task.SEMANTIC));
    assertThat(Methods.ONLINE_TTT_MAE.canonical(shuffled, Task.PANOPTIC))
        .contains("\"frameOrder\":\"SHUFFLED\"");
    assertThat(Methods.TTT_MAE_NO_MEMORY.canonical(shuffled, Task.SEMANTIC))
        .doesNotContain("frameOrder");
    assertThat(Methods.OFFLINE_TTT_MAE_ALL_FRAMES.canonical(shuffled, Task.SEMANTIC))
        .doesNotContain("frameOrder");
    assertThat(
            fixed.canonical(smoothed.with(Map.of("frameOrder", "shuffled"), "test"), Task.SEMANTIC))
        .contains("frameOrder");
  }

  @Test
  void theSeedBelongsToWhateverIsDrawn() {
    Method fixed = Methods.MAE_JOINT_TRAINING;
    AdaptationSettings shuffled = with("frameOrder", "shuffled");
    assertThat(fixed.dependsOnSeed(SETTINGS, Task.SEMANTIC)).isFalse();
    assertThat(Methods.ONLINE_TTT_MAE.dependsOnSeed(SETTINGS, Task.SEMANTIC)).isTrue();
    assertThat(fixed.dependsOnSeed(prediction("votes", 3), Task.SEMANTIC)).isTrue();
    assertThat(fixed.dependsOnSeed(prediction("smoothing", 3), Task.SEMANTIC)).isFalse();
    assertThat(fixed.dependsOnSeed(shuffled, Task.SEMANTIC)).isFalse();
    assertThat(
            fixed.dependsOnSeed(
                prediction("smoothing", 3).with(Map.of("frameOrder", "shuffled"), "test"),
                Task.SEMANTIC))
        .isTrue();
  }

  @Test
  void optionsLeaveNoTensorsBehind() throws InterruptedException {
    for (AdaptationSettings options : List.of(prediction("smoothing", 3), prediction("votes", 6))) {
      AdaptationSettings small = options.with(Map.of("height", 32, "width", 32), "test");
      // What the network keeps for a size is made at the first frame.
      run(SyntheticVideo.of("video", 1, 3), Methods.MAE_JOINT_TRAINING, small);
      int before = model.manager().getManagedArrays().size();
      List<Integer> arrays = new ArrayList<>();
      runner.run(
          SyntheticVideo.of("video", 40, 3),
          Set.of(Task.SEMANTIC),
          Methods.MAE_JOINT_TRAINING,
          small,
          5,
          result -> arrays.add(model.manager().getManagedArrays().size()));
      assertThat(arrays.subList(5, 40)).containsOnly(arrays.get(5));
      assertThat(model.manager().getManagedArrays().size()).isEqualTo(before);
    }
  }
}
