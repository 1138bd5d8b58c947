package io.videottt.jobs.report;

import static io.videottt.jobs.results.SyntheticResults.frame;
import static io.videottt.jobs.results.SyntheticResults.unannotated;
import static io.videottt.jobs.results.SyntheticResults.unit;
import static io.videottt.jobs.results.SyntheticResults.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.scoring.FramePreview;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.base.Task;
import io.videottt.jobs.SharedSession;
import io.videottt.jobs.query.PicturedUnit;
import io.videottt.jobs.query.PreviewQueries;
import io.videottt.jobs.results.SyntheticResults;
import io.videottt.jobs.sweep.plan.Unit;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.TimeLine.Moment;
import io.videottt.reports.player.Clip;
import io.videottt.reports.player.Film;
import io.videottt.reports.player.Player;
import io.videottt.reports.player.Track;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
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

  private Player player() throws IOException {
    return player(ReportWriter.PICTURE_BYTES);
  }

  private Player player(long budget) throws IOException {
    return new PreviewJob(results.rows(SPARK.get()), budget).player();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The prediction's picture, of a fixed model with input and truth, each telling its frame. */
  private static FrameResult pictured(Unit unit, FrameResult frame) {
    String place = "%s of unit %s".formatted(frame.name(), unit.id());
    boolean fixed = unit.method() == Methods.MAE_JOINT_TRAINING;
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

  private static List<String> texts(Film film) {
    return film.pictures().stream()
        .map(file -> file.map(f -> new String(f, StandardCharsets.UTF_8)).orElse("-"))
        .toList();
  }

  private static List<Integer> indices(Clip clip) {
    return clip.frames().stream().map(Clip.Frame::index).toList();
  }

  private static List<String> methods(Clip clip) {
    return clip.tracks().stream().map(track -> track.line().method()).toList();
  }

  private static OptionalDouble value(Clip clip, int track, int frame) {
    return clip.tracks().get(track).values().get(frame);
  }

  @Test
  void everyMethodIsShownWithThePicturesThatWereWritten() throws IOException {
    Unit fixed = unit("0001", Methods.MAE_JOINT_TRAINING, 0);
    Unit online = unit("0001", Methods.ONLINE_TTT_MAE, 0);
    Unit norms = unit("0001", Methods.LN_ADAPT, 0);
    write(norms, 4, 5);
    write(fixed, 4, 4);
    write(online, 5, 1);
    write(unit("0002", Methods.MAE_JOINT_TRAINING, 0), 5, 5);
    write(unit("0002", Methods.TENT, 0), 8, 3);

    List<Clip> clips = player().clips();

    assertThat(clips).extracting(Clip::video).containsExactly("0001", "0002");
    Clip clip = clips.get(0);
    assertThat(clip.set()).isEqualTo(new EvaluationSet("tiny", "test", Task.SEMANTIC));
    assertThat(clip.model()).isEqualTo("model");
    assertThat(clip.length()).isEqualTo(2);
    assertThat(clip.frames())
        .containsExactly(new Clip.Frame(0, "000000", true), new Clip.Frame(1, "000001", true));
    assertThat(methods(clip)).containsExactly("mae-joint-training", "online-ttt-mae", "ln-adapt");
    assertThat(clip.input().mediaType()).isEqualTo("image/jpeg");
    assertThat(texts(clip.input()))
        .containsExactly(
            "input 000000 of unit " + fixed.id(), "input 000001 of unit " + fixed.id());
    assertThat(clip.truth().mediaType()).isEqualTo("image/png");
    assertThat(texts(clip.truth())).contains("truth 000001 of unit " + fixed.id());
    for (int i = 0; i < 3; i++) {
      Unit unit = List.of(fixed, online, norms).get(i);
      assertThat(texts(clip.tracks().get(i).film()))
          .containsExactly(
              "prediction 000000 of unit " + unit.id(), "prediction 000001 of unit " + unit.id());
    }
    assertThat(methods(clips.get(1))).containsExactly("mae-joint-training", "tent");
  }

  /** What stands beside a picture is the row's own number, to the last bit. */
  @Test
  void everyShownFrameHasTheMetricOfItsRow() throws IOException {
    Random random = new Random(7);
    int frames = 100;
    Map<String, double[]> written = new HashMap<>();
    for (Method method :
        List.of(Methods.MAE_JOINT_TRAINING, Methods.ONLINE_TTT_MAE, Methods.TENT)) {
      Unit unit = unit("0001", method, 0);
      double[] values = new double[frames];
      FrameResult[] rows = new FrameResult[frames];
      for (int index = 0; index < frames; index++) {
        StringBuilder predicted = new StringBuilder();
        IntStream.range(0, PIXELS).forEach(i -> predicted.append(random.nextInt(3)));
        FrameResult row = frame(index, "0011222019", predicted.toString());
        values[index] = row.value().orElseThrow();
        rows[index] = index % 2 == 1 ? pictured(unit, row) : row;
      }
      results.write(unit, rows);
      written.put(method.id(), values);
    }

    Clip clip = player().clips().get(0);

    assertThat(indices(clip)).hasSize(frames / 2).allMatch(index -> index % 2 == 1);
    assertThat(clip.length()).isEqualTo(frames);
    for (Track track : clip.tracks()) {
      double[] values = written.get(track.line().method());
      for (int i = 0; i < clip.frames().size(); i++) {
        assertThat(track.values().get(i)).hasValue(values[clip.frames().get(i).index()]);
      }
      assertThat(track.line().moments()).hasSize(frames);
      for (Moment moment : track.line().moments()) {
        assertThat(moment.quality()).isEqualTo(values[moment.frame()]);
      }
    }
  }

  @Test
  void framesWithoutTruthOrPictureOrMetricAreShownAsWhatTheyAre() throws IOException {
    Unit fixed = unit("0001", Methods.MAE_JOINT_TRAINING, 0);
    Unit online = unit("0001", Methods.ONLINE_TTT_MAE, 0);
    results.write(
        fixed,
        pictured(fixed, scored(0, 4)),
        pictured(fixed, scored(1, 1)),
        scored(2, 1),
        pictured(fixed, unannotated(3)),
        pictured(fixed, frame(4, IGNORED, TRUTH)));
    results.write(
        online,
        pictured(online, scored(0, 5)),
        scored(1, 9),
        pictured(online, scored(2, 9)),
        pictured(online, unannotated(3)),
        pictured(online, frame(4, IGNORED, TRUTH)));

    Clip clip = player().clips().get(0);

    assertThat(indices(clip)).containsExactly(0, 1, 3, 4);
    assertThat(clip.frames())
        .extracting(Clip.Frame::annotated)
        .containsExactly(true, true, false, true);
    assertThat(texts(clip.tracks().get(1).film()).get(1)).isEqualTo("-");
    assertThat(value(clip, 1, 1).orElseThrow()).isCloseTo(quality(9), within(EXACT));
    assertThat(value(clip, 0, 2)).isEmpty();
    assertThat(value(clip, 0, 3)).isEmpty();
    assertThat(value(clip, 1, 0).orElseThrow()).isCloseTo(quality(5), within(EXACT));
  }

  @Test
  void withoutTheFixedModelOrAnotherNothingIsShownAndTheNoteSaysSo() throws IOException {
    write(unit("0001", Methods.MAE_JOINT_TRAINING, 0), 4, 4);
    write(unit("0002", Methods.ONLINE_TTT_MAE, 0), 9, 1);

    assertThat(player()).isEqualTo(new Player(PreviewJob.NOTE_WITHOUT, List.of()));

    write(unit("0003", Methods.MAE_JOINT_TRAINING, 0), 4);
    write(unit("0003", Methods.LN_ADAPT, 0), 4);
    Player player = player();
    assertThat(player.clips()).extracting(Clip::video).containsExactly("0003");
    assertThat(player.note()).contains("2 more have pictures of one method only");
  }

  @Test
  void ofSeveralSeedsAndTrainedModelsTheFirstCounts() throws IOException {
    for (long trainingSeed : List.of(2L, 1L)) {
      String fingerprint = "f00d" + trainingSeed;
      write(
          unit(Task.SEMANTIC, "0001", Methods.MAE_JOINT_TRAINING, 0, trainingSeed, fingerprint),
          trainingSeed == 1 ? 4 : 1);
      for (long seed : List.of(9L, 3L)) {
        write(
            unit(Task.SEMANTIC, "0001", Methods.ONLINE_TTT_MAE, seed, trainingSeed, fingerprint),
            trainingSeed == 1 && seed == 3 ? 5 : 9);
      }
    }

    Player player = player();

    assertThat(player.note())
        .contains("Of several settings or seeds of a method the first is shown.");
    Clip clip = player.clips().get(0);
    assertThat(player.clips()).hasSize(1);
    assertThat(value(clip, 0, 0).orElseThrow()).isCloseTo(quality(4), within(EXACT));
    assertThat(value(clip, 1, 0).orElseThrow()).isCloseTo(quality(5), within(EXACT));
    assertThat(clip.tracks().get(1).line().moments().get(0).quality())
        .isCloseTo(quality(5), within(EXACT));
    assertThat(texts(clip.tracks().get(1).film()))
        .containsExactly(
            "prediction 000000 of unit "
                + unit(Task.SEMANTIC, "0001", Methods.ONLINE_TTT_MAE, 3, 1L, "f00d1").id());
  }

  @Test
  void aTrainedModelIsComparedWithItselfOnly() throws IOException {
    write(unit(Task.SEMANTIC, "0001", Methods.MAE_JOINT_TRAINING, 0, 1L, "f00d1"), 4);
    write(unit(Task.SEMANTIC, "0001", Methods.MAE_JOINT_TRAINING, 0, 2L, "f00d2"), 1);
    write(unit(Task.SEMANTIC, "0001", Methods.ONLINE_TTT_MAE, 0, 2L, "f00d2"), 5);

    assertThat(player().clips())
        .singleElement()
        .satisfies(
            clip ->
                assertThat(value(clip, 0, 0).orElseThrow()).isCloseTo(quality(1), within(EXACT)));
  }

  @Test
  void whatDoesNotFitIsThinnedAndToldWithItsSize() throws IOException {
    for (Method method : List.of(Methods.MAE_JOINT_TRAINING, Methods.ONLINE_TTT_MAE)) {
      write(unit("0001", method, 0), IntStream.range(0, 48).map(i -> i % PIXELS).toArray());
    }

    Player whole = player();
    assertThat(whole.clips().get(0).frames()).hasSize(48);
    assertThat(whole.note()).doesNotContain("--page-budget");

    Player thinned = player(50_000);
    assertThat(indices(thinned.clips().get(0)))
        .containsExactlyElementsOf(IntStream.iterate(0, i -> i < 48, i -> i + 2).boxed().toList());
    assertThat(thinned.note())
        .contains(
            "Of the pictures 1 in 2 is shown, but at least a dozen of every video: all pictures"
                + " would")
        .contains("and 0.1 MB is what they may take (--page-budget).");

    Player none = player(0);
    assertThat(none.clips()).isEmpty();
    assertThat(none.note())
        .startsWith("No pictures: all pictures would take up to 0.1 MB, and 0 MB");
  }

  @Test
  void picturesAreCountedInBytesWhateverTheyHold() throws IOException {
    byte[] noText = new byte[777];
    new Random(3).nextBytes(noText);
    results.write(
        unit("0001", Methods.MAE_JOINT_TRAINING, 0),
        with(new FramePreview(noText, Optional.of(new byte[5]), Optional.empty()), scored(0, 4)));

    List<PicturedUnit> units =
        PreviewQueries.units(results.rows(SPARK.get())).collectAsList().stream()
            .map(PicturedUnit::of)
            .toList();

    assertThat(units)
        .singleElement()
        .satisfies(
            unit ->
                assertThat(unit.pictures())
                    .containsExactly(new PicturedUnit.Pictures(0, 777, 5, 0)));
  }

  @Test
  void aLongVideosLineIsOfMeans() throws IOException {
    int frames = 2 * PreviewQueries.MOST_POINTS;
    for (Method method : List.of(Methods.MAE_JOINT_TRAINING, Methods.ONLINE_TTT_MAE)) {
      Unit unit = unit("0001", method, 0);
      results.write(
          unit,
          IntStream.range(0, frames)
              .mapToObj(i -> i == 6 ? pictured(unit, scored(i, 4)) : scored(i, 4 + i % 2))
              .toArray(FrameResult[]::new));
    }

    Clip clip = player().clips().get(0);

    assertThat(clip.length()).isEqualTo(frames);
    assertThat(indices(clip)).containsExactly(6);
    List<Moment> moments = clip.tracks().get(0).line().moments();
    assertThat(moments).hasSize(PreviewQueries.MOST_POINTS);
    assertThat(moments.get(3).frame()).isEqualTo(6);
    assertThat(moments.get(3).quality()).isCloseTo((quality(4) + quality(5)) / 2, within(EXACT));
  }
}
