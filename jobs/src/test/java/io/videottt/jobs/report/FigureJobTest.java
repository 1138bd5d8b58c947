package io.videottt.jobs.report;

import static io.videottt.jobs.results.SyntheticResults.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.scoring.FrameScore;
import io.videottt.base.Task;
import io.videottt.jobs.SharedSession;
import io.videottt.jobs.query.FigureQueries;
import io.videottt.jobs.results.SyntheticResults;
import io.videottt.metrics.SemanticCounts;
import io.videottt.reports.DataSetSummary;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.FrameCoverage;
import io.videottt.reports.Measurement;
import io.videottt.reports.Released;
import io.videottt.reports.Repetitions;
import io.videottt.reports.Results;
import io.videottt.reports.SecondsPerFrame;
import io.videottt.reports.SplitCount;
import io.videottt.reports.TimeLine;
import io.videottt.reports.TimeLine.Moment;
import io.videottt.reports.VideoOverTime;
import io.videottt.reports.VideoResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Lines over videos, held to means that are computed here from the same frames. */
class FigureJobTest {

  /** Values are rounded to six decimals before they are drawn. */
  private static final double ROUNDED = 0.51e-6;

  private static final int PIXELS = 100;

  @RegisterExtension private static final SharedSession SPARK = new SharedSession();

  @TempDir private Path folder;
  private SyntheticResults results;

  @BeforeEach
  void open() {
    results = new SyntheticResults(folder);
  }

  /** Two numbers per frame; a quality of NaN is that of a frame without ground truth. */
  private record Clip(double[] quality, double[] loss) {

    static Clip random(int frames, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      Clip clip = new Clip(new double[frames], new double[frames]);
      Arrays.setAll(clip.quality, index -> random.nextInt(PIXELS + 1));
      Arrays.setAll(clip.loss, index -> random.nextDouble());
      return clip;
    }

    /** The same, annotated at every n-th frame only. */
    Clip annotatedEvery(int distance) {
      for (int index = 0; index < quality.length; index++) {
        if (index % distance != 0) {
          quality[index] = Double.NaN;
        }
      }
      return this;
    }

    FrameResult frame(int index) {
      if (Double.isNaN(quality[index])) {
        return SyntheticResults.unannotated(index);
      }
      SemanticCounts counts = new SemanticCounts(SyntheticResults.CLASSES);
      byte[] predicted = new byte[PIXELS];
      Arrays.fill(predicted, (int) quality[index], PIXELS, (byte) 1);
      counts.add(new byte[PIXELS], predicted);
      return SyntheticResults.frame(index, new FrameScore.Semantic(counts), loss[index]);
    }

    FrameResult[] frames() {
      return IntStream.range(0, quality.length).mapToObj(this::frame).toArray(FrameResult[]::new);
    }
  }

  /** The lines of videos; of measurements only these are looked at. */
  private List<VideoOverTime> overTime(String... videos) throws IOException {
    return new FigureJob(results.rows(SPARK.get()), List.of(), FigureJob.MOST_VIDEOS)
        .overTime(List.of(measurement(videos)));
  }

  private static Measurement measurement(String... videos) {
    return new Measurement(
        new EvaluationSet("tiny", "test", Task.SEMANTIC),
        "model",
        Methods.ONLINE_TTT_MAE.id(),
        Methods.ONLINE_TTT_MAE.title(),
        "",
        false,
        videos.length,
        videos.length,
        FrameCoverage.usual(videos.length),
        Repetitions.SINGLE,
        Double.NaN,
        Map.of(),
        Released.unknown(0),
        Optional.empty(),
        new SecondsPerFrame(0, 0, 0, 0, SecondsPerFrame.Medians.UNKNOWN),
        Stream.of(videos)
            .map(
                video ->
                    new VideoResult(
                        video, 1, 1, Double.NaN, OptionalDouble.empty(), Optional.empty()))
            .toList(),
        List.of());
  }

  private static List<Moment> moments(List<VideoOverTime> videos, String video, Method method) {
    return videos.stream()
        .filter(v -> v.video().equals(video))
        .flatMap(v -> v.lines().stream())
        .filter(line -> line.method().equals(method.id()))
        .map(TimeLine::moments)
        .findFirst()
        .orElseThrow();
  }

  /** Means of consecutive frames over all clips, by the first frame of each. */
  private static TreeMap<Integer, Moment> means(int points, Clip... clips) {
    int frames = clips[0].quality().length;
    TreeMap<Integer, Moment> means = new TreeMap<>();
    for (int point = 0; point < points; point++) {
      int from = firstFrame(point, frames, points);
      int to = firstFrame(point + 1, frames, points);
      List<Double> qualities = new ArrayList<>();
      List<Double> losses = new ArrayList<>();
      for (Clip clip : clips) {
        for (int i = from; i < to; i++) {
          if (!Double.isNaN(clip.quality()[i])) {
            qualities.add(clip.quality()[i]);
            losses.add(clip.loss()[i]);
          }
        }
      }
      means.put(from, new Moment(from, mean(qualities), mean(losses)));
    }
    return means;
  }

  /** The least index with {@code index / frames >= point / points}. */
  private static int firstFrame(int point, int frames, int points) {
    return (point * frames + points - 1) / points;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  private static void requireEqual(List<Moment> actual, TreeMap<Integer, Moment> expected) {
    assertThat(actual).extracting(Moment::frame).containsExactlyElementsOf(expected.keySet());
    for (Moment moment : actual) {
      Moment wanted = expected.get(moment.frame());
      assertThat(moment.quality())
          .as("frame %d", moment.frame())
          .isCloseTo(wanted.quality(), within(ROUNDED));
      assertThat(moment.loss())
          .as("frame %d", moment.frame())
          .isCloseTo(wanted.loss(), within(ROUNDED));
    }
  }

  @Test
  void aLongVideoIsALineOfMeansAndAShortOneKeepsEveryFrame() throws IOException {
    int most = FigureQueries.BUCKETS;
    Clip first = Clip.random(2 * most + 50, 1);
    Clip second = Clip.random(2 * most + 50, 2);
    Clip justLonger = Clip.random(most + 1, 3);
    Clip whole = Clip.random(most, 4);
    results.write(unit("0001", Methods.ONLINE_TTT_MAE, 0), first.frames());
    results.write(unit("0001", Methods.ONLINE_TTT_MAE, 1), second.frames());
    results.write(unit("0002", Methods.ONLINE_TTT_MAE, 0), justLonger.frames());
    results.write(unit("0003", Methods.ONLINE_TTT_MAE, 0), whole.frames());

    List<VideoOverTime> videos = overTime("0001", "0002", "0003");

    assertThat(videos).extracting(VideoOverTime::video).containsExactly("0001", "0002", "0003");
    requireEqual(moments(videos, "0001", Methods.ONLINE_TTT_MAE), means(most, first, second));
    requireEqual(moments(videos, "0002", Methods.ONLINE_TTT_MAE), means(most, justLonger));
    requireEqual(moments(videos, "0003", Methods.ONLINE_TTT_MAE), means(most, whole));
    assertThat(moments(videos, "0003", Methods.ONLINE_TTT_MAE)).hasSize(most);
  }

  @Test
  void whatIsNotDefinedIsNoNumber() throws IOException {
    int frames = 3 * FigureQueries.BUCKETS;
    Clip sparse = Clip.random(frames, 5).annotatedEvery(9);
    Clip few = Clip.random(10, 6).annotatedEvery(4);
    results.write(unit("0001", Methods.ONLINE_TTT_MAE, 0), sparse.frames());
    results.write(unit("0002", Methods.ONLINE_TTT_MAE, 0), few.frames());
    results.write(unit("0002", Methods.MAE_JOINT_TRAINING, 0), few.frames());

    List<VideoOverTime> videos = overTime("0001", "0002");

    List<Moment> means = moments(videos, "0001", Methods.ONLINE_TTT_MAE);
    requireEqual(means, means(FigureQueries.BUCKETS, sparse));
    assertThat(means).filteredOn(m -> Double.isNaN(m.quality())).hasSize(80);
    assertThat(moments(videos, "0002", Methods.ONLINE_TTT_MAE))
        .filteredOn(m -> !Double.isNaN(m.quality()))
        .extracting(Moment::frame)
        .containsExactly(0, 4, 8);
    assertThat(moments(videos, "0002", Methods.MAE_JOINT_TRAINING))
        .hasSize(10)
        .allMatch(m -> Double.isNaN(m.loss()));
  }

  @Test
  void theFirstVideosOfEverySetHaveLines() throws IOException {
    List<String> names =
        IntStream.rangeClosed(0, FigureJob.MOST_VIDEOS).mapToObj("%04d"::formatted).toList();
    for (String video : names) {
      results.write(unit(video, Methods.MAE_JOINT_TRAINING, 0), Clip.random(1, 7).frames());
    }
    results.write(unit("0000", Methods.ONLINE_TTT_MAE, 0), Clip.random(1, 8).frames());

    List<VideoOverTime> videos = overTime(names.toArray(String[]::new));

    assertThat(videos)
        .extracting(VideoOverTime::video)
        .containsExactlyElementsOf(names.subList(0, FigureJob.MOST_VIDEOS));
    assertThat(videos.get(0).lines())
        .extracting(TimeLine::method)
        .containsExactly(Methods.MAE_JOINT_TRAINING.id(), Methods.ONLINE_TTT_MAE.id());
  }

  @Test
  void whatIsNotDrawnIsNamedByItsTitleWithTheWayToHaveIt() {
    SplitCount split =
        new SplitCount("test", 4, OptionalLong.empty(), "drives", Map.of("c", "Dusk", "d", "Fog"));
    DataSetSummary tiny =
        new DataSetSummary(
            "tiny",
            "Tiny streets",
            List.of("test"),
            List.of(split),
            4,
            4,
            4,
            OptionalDouble.empty(),
            List.of());
    Results measured = new Results(List.of(measurement("d", "c", "b", "a")), List.of(tiny));

    assertThat(new FigureJob(null, List.of(), 2).leftOut(measured))
        .containsExactly(
            "Tiny streets (drives): metric and loss over time are drawn of the first 2 of 4 videos,"
                + " not of Dusk, Fog; ./ttt report --results DIR --output DIR --figure-videos 4"
                + " draws them, too.");
    assertThat(new FigureJob(null, List.of(), 4).leftOut(measured)).isEmpty();
    String[] many = IntStream.range(0, 30).mapToObj("%02d"::formatted).toArray(String[]::new);
    assertThat(
            new FigureJob(null, List.of(), 2)
                .leftOut(new Results(List.of(measurement(many)), List.of())))
        .singleElement()
        .asString()
        .startsWith("tiny, test: ")
        .contains("21 and 8 more behind these; ", "--figure-videos 30 ");
  }
}
