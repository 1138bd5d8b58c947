package io.videottt.reports.plots;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.base.Task;
import io.videottt.metrics.Interval;
import io.videottt.reports.Difference;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.FrameCoverage;
import io.videottt.reports.Measurement;
import io.videottt.reports.Released;
import io.videottt.reports.Repetitions;
import io.videottt.reports.SecondsPerFrame;
import io.videottt.reports.figure.BarFigure;
import io.videottt.reports.figure.BarFigure.Bar;
import io.videottt.reports.figure.BarFigure.Group;
import io.videottt.reports.published.PaperColumn;
import io.videottt.reports.published.PublishedResults;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MethodBarsTest {

  private static final SecondsPerFrame.Medians MEDIANS =
      new SecondsPerFrame.Medians(0.7, 0.02, 0.4, 0.2, 0.002);

  private static BarFigure bars(EvaluationSet set, Released released) {
    Measurement measured =
        new Measurement(
            set,
            "model",
            "online-ttt-mae",
            "Online TTT-MAE",
            "",
            false,
            1,
            10,
            FrameCoverage.usual(10),
            Repetitions.SINGLE,
            40,
            Map.of(),
            released,
            Optional.of(new Difference(1, Interval.of(0.5, 2), Interval.of(-9, 12.5), 35, 30)),
            new SecondsPerFrame(0, 0, 0, 0, MEDIANS),
            List.of(),
            List.of());
    return new MethodBars(PublishedResults.load())
        .of("bars", "title", "Whiskers.", List.of(measured), new MethodStyles(Map.of(), List.of()));
  }

  @Test
  void publishedBarsStandBesideTheReleasedOnesAndNoOthers() {
    BarFigure figure =
        bars(
            PaperColumn.INSTANCE.set(),
            new Released(OptionalDouble.of(38), OptionalDouble.of(35), 0, 0));

    assertThat(figure.groups())
        .containsExactly(
            new Group("released", List.of(Bar.of(38))),
            new Group("released per video", List.of(Bar.of(35))),
            new Group("published (Wang et al., 2025)", List.of(Bar.of(37.6))));
    assertThat(figure.axis()).isEqualTo("AP, released (%)");
    assertThat(figure.caption()).doesNotContain("Whiskers");
  }

  @Test
  void whatIsNotKnownHasNoBarBesideThePublishedOne() {
    BarFigure figure = bars(PaperColumn.PANOPTIC.set(), Released.unknown(3));

    assertThat(figure.groups().get(0).bars()).containsExactly(Bar.NONE);
    assertThat(figure.groups().get(2).bars()).containsExactly(Bar.of(21.7));
  }

  @Test
  void withoutPublishedNumbersTheFrameMeanIsDrawnWithItsInterval() {
    BarFigure figure =
        bars(new EvaluationSet("camvid", "test", Task.SEMANTIC), Released.unknown(3));

    assertThat(figure.groups())
        .containsExactly(new Group("measured", List.of(new Bar(40, 39.5, 41))));
    assertThat(figure.axis()).isEqualTo("mIoU, frame mean (%)");
  }
}
