package io.videottt.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.metrics.Task;
import io.videottt.reports.TimeLine.Moment;
import java.util.Arrays;
import java.util.List;
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
    return new PaperFigures(PublishedResults.load(), List.of(), List.of(), Arrays.asList(videos))
        .all();
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
}
