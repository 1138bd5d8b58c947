package io.videottt.reports.plots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.videottt.base.Task;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.FrameCoverage;
import io.videottt.reports.FrameShift;
import io.videottt.reports.Measured;
import io.videottt.reports.Measurement;
import io.videottt.reports.Repetitions;
import io.videottt.reports.Results;
import io.videottt.reports.TimeLine;
import io.videottt.reports.TimeLine.Moment;
import io.videottt.reports.VideoCosine;
import io.videottt.reports.VideoOverTime;
import io.videottt.reports.VideoResult;
import io.videottt.reports.WindowResult;
import io.videottt.reports.figure.BarFigure;
import io.videottt.reports.figure.Figure;
import io.videottt.reports.figure.FigureStyle;
import io.videottt.reports.figure.LineFigure;
import io.videottt.reports.figure.LineFigure.Point;
import io.videottt.reports.published.PublishedResults;
import io.videottt.reports.table.Cells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaperFiguresTest {

  private static VideoOverTime video(Task task, String video, TimeLine... lines) {
    return new VideoOverTime(
        new EvaluationSet("tiny", "test", task), "model", video, Arrays.asList(lines));
  }

  private static TimeLine line(String method, double quality, double loss) {
    return new TimeLine(
        method, method, List.of(new Moment(0, quality, loss), new Moment(1, quality, loss)));
  }

  private static List<Figure> figures(VideoOverTime... videos) {
    return figures(
        Results.NONE, new FigureData(List.of(), Arrays.asList(videos), List.of(), List.of()));
  }

  private static List<Figure> figures(Results results, FigureData data) {
    return new PaperFigures(PublishedResults.load(), results, data).all();
  }

  @Test
  void theLossOfAnAdaptationIsDrawnOnceForAllTasks() {
    TimeLine fixed = line("mae-joint-training", 50, Double.NaN);
    TimeLine online = line("online-ttt-mae", 51, 0.5);
    TimeLine foreign = line("foreign-frames", 49, 0.6);

    List<Figure> figures =
        figures(
            video(Task.PANOPTIC, "0001", fixed, online),
            video(Task.SEMANTIC, "0001", fixed, online, foreign));

    assertThat(figures)
        .extracting(Figure::name)
        .containsExactly(
            "over-time-tiny-test-panoptic-0001",
            "over-time-tiny-test-semantic-0001",
            "loss-tiny-test-0001");
    LineFigure loss = (LineFigure) figures.get(2);
    assertThat(loss.panels().get(0).series())
        .extracting(LineFigure.Series::title)
        .containsExactly("online-ttt-mae", "foreign-frames");
  }

  @Test
  void everyVideoHasALossOfItsOwn() {
    TimeLine online = line("online-ttt-mae", Double.NaN, 0.5);

    assertThat(
            figures(
                video(Task.SEMANTIC, "a", online),
                video(Task.SEMANTIC, "a/b", online),
                video(Task.SEMANTIC, "a:b", online)))
        .extracting(Figure::name)
        .containsExactly("loss-tiny-test-a", "loss-tiny-test-a_b", "loss-tiny-test-a_b-2");
  }

  private static final EvaluationSet SET = Measured.set("shifts");

  private static Measurement gaining(String method, double gain) {
    return Measured.gaining(SET, method, "Title of " + method, gain, gain - 1, gain + 1);
  }

  private static LineFigure lines(List<Figure> figures, String kind) {
    return (LineFigure)
        figures.stream().filter(f -> f.name().startsWith(kind)).findFirst().orElseThrow();
  }

  private static Map<String, Integer> styles(LineFigure figure) {
    return figure.panels().get(0).series().stream()
        .collect(Collectors.toMap(LineFigure.Series::title, LineFigure.Series::style));
  }

  @Test
  void everyMethodHasOneColourAndMarkOnAllFigures() {
    List<Measurement> measured = new ArrayList<>(List.of(Measured.fixed(SET, 40)));
    for (String method :
        List.of("tent", "ln-adapt", "online-ttt-mae", "self-train", "unheard-of")) {
      measured.add(gaining(method, measured.size()));
    }
    measured.add(
        Measured.of(
            SET,
            "online-ttt-mae",
            "Title of online-ttt-mae",
            "window-4",
            41,
            Optional.of(Measured.difference(1, 0, 2))));
    List<TimeLine> lines =
        measured.stream()
            .map(
                m ->
                    new TimeLine(
                        m.method(),
                        Cells.titled(m.title(), m.variant()),
                        List.of(new Moment(0, m.frameMean(), 0.5), new Moment(1, 40, 0.5))))
            .toList();
    List<Figure> figures =
        figures(
            new Results(measured, List.of(Measured.streets())),
            new FigureData(
                List.of(),
                List.of(new VideoOverTime(SET, "tiny", "one", lines)),
                List.of(),
                List.of()));

    Map<String, Integer> cost = styles(lines(figures, "cost"));
    BarFigure bars = (BarFigure) figures.get(0);
    assertThat(cost).hasSize(measured.size());
    assertThat(cost.values()).doesNotHaveDuplicates();
    assertThat(cost)
        .containsAllEntriesOf(styles(lines(figures, "over-time")))
        .containsAllEntriesOf(styles(lines(figures, "loss")));
    for (int row = 0; row < bars.rows().size(); row++) {
      assertThat(bars.styles().get(row)).isEqualTo(cost.get(bars.rows().get(row)));
    }
    int online = cost.get("Title of online-ttt-mae");
    int other = cost.get("Title of online-ttt-mae (window-4)");
    assertThat(FigureStyle.colour(other)).isEqualTo(FigureStyle.colour(online));
    assertThat(FigureStyle.isFilled(other)).isNotEqualTo(FigureStyle.isFilled(online));
    assertThat(lines(figures, "over-time").title()).contains("Dusk");
  }

  @Test
  void colourAndMarkTogetherTellAnyTwoMethodsApart() {
    Set<List<Object>> looks =
        IntStream.range(0, 70)
            .mapToObj(i -> List.<Object>of(FigureStyle.colour(i), FigureStyle.mark(i)))
            .collect(Collectors.toSet());

    assertThat(looks).hasSize(70);
  }

  @Test
  void theBestMethodIsNeverLeftOut() {
    List<Measurement> measured = new ArrayList<>(List.of(Measured.fixed(SET, 40)));
    for (int i = 0; i < 40; i++) {
      measured.add(
          Measured.of(
              SET,
              "tent",
              "Tent",
              "setting-" + i,
              i == 38 ? 70 : 41,
              Optional.of(Measured.difference(1, 0, 2))));
    }
    List<TimeLine> lines = new ArrayList<>();
    for (Measurement m : measured) {
      lines.add(
          new TimeLine(
              m.method(),
              Cells.titled(m.title(), m.variant()),
              List.of(new Moment(0, 40, Double.NaN))));
    }

    List<Figure> figures =
        figures(
            new Results(measured, List.of()),
            new FigureData(
                List.of(),
                List.of(new VideoOverTime(SET, "tiny", "one", lines)),
                List.of(),
                List.of()));

    assertThat(((BarFigure) figures.get(0)).rows()).hasSize(30).contains("Tent (setting-38)");
    assertThat(styles(lines(figures, "over-time"))).hasSize(5).containsKey("Tent (setting-38)");
  }

  @Test
  void aWindowFigureNeedsThreeSizes() {
    List<WindowResult> two = new ArrayList<>();
    for (int window : List.of(1, 4)) {
      two.add(new WindowResult(gaining("online-ttt-mae", window), window, "same"));
    }
    List<WindowResult> three = new ArrayList<>(two);
    three.add(new WindowResult(gaining("online-ttt-mae", 3), 16, "same"));
    Results results =
        new Results(List.of(Measured.fixed(SET, 40), gaining("online-ttt-mae", 3)), List.of());

    assertThat(figures(results, new FigureData(two, List.of(), List.of(), List.of())))
        .noneMatch(figure -> figure.name().startsWith("windows"));
    assertThat(figures(results, new FigureData(three, List.of(), List.of(), List.of())))
        .anyMatch(figure -> figure.name().startsWith("windows"));
  }

  @Test
  void theGainIsDrawnAgainstTheDistanceFromTrainingInSharesOfEquallyManyFrames() {
    List<FrameShift> shifts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      shifts.add(
          new FrameShift(
              SET, "tiny", "online-ttt-mae", "Title of online-ttt-mae", 19 - i, 2 * (19 - i)));
    }
    Results results =
        new Results(List.of(Measured.fixed(SET, 40), gaining("online-ttt-mae", 3)), List.of());

    LineFigure figure =
        lines(
            figures(results, new FigureData(List.of(), List.of(), shifts, List.of())), "distance");

    assertThat(figure.panels().get(0).series().get(0).points())
        .containsExactly(Point.at(2, 4), Point.at(7, 14), Point.at(12, 24), Point.at(17, 34));
    assertThat(
            figures(
                results, new FigureData(List.of(), List.of(), shifts.subList(0, 14), List.of())))
        .noneMatch(f -> f.name().startsWith("distance"));
  }

  @Test
  void theGainOfEveryVideoIsDrawnAgainstTheCosineOfTheGradients() {
    Measurement online = gaining("online-ttt-mae", 3);
    List<VideoResult> perVideo = new ArrayList<>();
    List<VideoCosine> cosines = new ArrayList<>();
    for (String video : List.of("one", "three", "two")) {
      double cosine = video.length() / 10.0 - 0.4;
      perVideo.add(
          new VideoResult(
              video,
              40,
              40,
              43,
              OptionalDouble.empty(),
              Optional.of(Measured.difference(video.length(), 1, 6))));
      cosines.add(new VideoCosine(SET, "tiny", "pixels", video, cosine));
    }
    cosines.add(new VideoCosine(SET, "another model", "pixels", "one", 0.9));
    Measurement withVideos =
        new Measurement(
            online.set(),
            online.model(),
            online.method(),
            online.title(),
            "",
            false,
            3,
            120,
            FrameCoverage.usual(120),
            Repetitions.SINGLE,
            43,
            Map.of(),
            online.released(),
            online.difference(),
            online.seconds(),
            perVideo,
            List.of());
    Results results =
        new Results(List.of(Measured.fixed(SET, 40), withVideos), List.of(Measured.streets()));

    LineFigure figure =
        lines(figures(results, new FigureData(List.of(), List.of(), List.of(), cosines)), "cosine");

    assertThat(figure.panels().get(0).series().get(0).points())
        .extracting(Point::y, Point::low, Point::high)
        .containsExactlyInAnyOrder(
            tuple(3.0, 1.0, 6.0), tuple(3.0, 1.0, 6.0), tuple(5.0, 1.0, 6.0));
    assertThat(figure.caption())
        .contains(
            "From left to right: Dusk, two, three.",
            "the reconstruction loss (target pixels) pulls against the main task: Dusk, two; see");
    assertThat(
            figures(
                results, new FigureData(List.of(), List.of(), List.of(), cosines.subList(0, 2))))
        .noneMatch(f -> f.name().startsWith("cosine"));
  }
}
