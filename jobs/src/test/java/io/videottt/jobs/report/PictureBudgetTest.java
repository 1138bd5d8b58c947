package io.videottt.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.base.Task;
import io.videottt.jobs.query.PicturedUnit;
import io.videottt.jobs.query.PicturedUnit.Pictures;
import io.videottt.jobs.query.ResultKey;
import io.videottt.jobs.report.ClipChoice.Choice;
import io.videottt.reports.EvaluationSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureBudgetTest {

  private static final int FRAMES = 48;
  private static final int METHODS = 10;
  private static final int PREDICTION = 3_000;
  private static final int INPUT = 9_000;

  private static Choice clip(Task task, String video, int frames) {
    List<PicturedUnit> units = new ArrayList<>();
    for (int method = 0; method < METHODS; method++) {
      boolean fixed = method == 0;
      units.add(
          new PicturedUnit(
              new ResultKey("tiny", "test", task, "model", "method-" + method, ""),
              0,
              "%s-%s-%d".formatted(task.id(), video, method),
              video,
              IntStream.range(0, frames)
                  .mapToObj(
                      i ->
                          new Pictures(
                              4 * i + 2, PREDICTION, fixed ? INPUT : 0, fixed ? PREDICTION : 0))
                  .toList()));
    }
    return new Choice(new EvaluationSet("tiny", "test", task), "model", video, units);
  }

  private static List<Choice> clips(int videos) {
    List<Choice> clips = new ArrayList<>();
    for (Task task : Task.segmentation()) {
      for (int video = 0; video < videos; video++) {
        clips.add(clip(task, "%04d".formatted(video), FRAMES));
      }
    }
    return clips;
  }

  @Test
  void whatFitsIsShownWhole() {
    List<Choice> clips = clips(1);

    PictureBudget.Fitted fitted = new PictureBudget(8_000_000).fit(clips);

    assertThat(fitted.step()).isEqualTo(1);
    assertThat(fitted.clips().keySet()).containsExactlyElementsOf(clips);
    assertThat(fitted.clips().values()).allMatch(frames -> frames.size() == FRAMES);
    assertThat(fitted.bytes()).isEqualTo(fitted.wholeBytes()).isLessThan(8_000_000);
    // The input, which all tasks have in common, counts once.
    long pictures = 4L * FRAMES * (3 * (METHODS + 1) * PREDICTION + INPUT) / 3;
    assertThat(fitted.bytes()).isBetween(pictures, pictures + pictures / 8);
  }

  @ParameterizedTest
  @ValueSource(longs = {30_000_000, 8_000_000, 5_000_000, 2_000_000, 1_000_000, 400_000, 10_000, 0})
  void noBudgetIsExceededAndFramesAreThinnedEvenly(long budget) {
    List<Choice> clips = clips(4);

    PictureBudget.Fitted fitted = new PictureBudget(budget).fit(clips);

    assertThat(fitted.bytes()).isLessThanOrEqualTo(budget);
    assertThat(clips.stream().filter(fitted.clips()::containsKey))
        .containsExactlyElementsOf(fitted.clips().keySet());
    fitted
        .clips()
        .values()
        .forEach(
            frames -> {
              assertThat(frames).hasSizeGreaterThanOrEqualTo(PictureBudget.LEAST_FRAMES);
              assertThat(
                      IntStream.range(1, frames.size()).map(i -> frames.get(i) - frames.get(i - 1)))
                  .containsOnly(4 * fitted.step());
            });
    if (fitted.clips().size() < clips.size()) {
      // Videos are left out only where a dozen frames of each are too much.
      assertThat(fitted.clips().values()).allMatch(frames -> frames.size() < FRAMES);
    }
  }

  @Test
  void aStepLessWouldNotFit() {
    List<Choice> clips = clips(3);
    long whole = new PictureBudget(Long.MAX_VALUE).fit(clips).bytes();

    PictureBudget.Fitted fitted = new PictureBudget(whole - 1).fit(clips);

    assertThat(fitted.step()).isEqualTo(2);
    assertThat(fitted.clips()).hasSize(9);
    assertThat(fitted.wholeBytes()).isEqualTo(whole);
  }

  @Test
  void theFirstVideosOfEveryTaskStayLongest() {
    PictureBudget.Fitted fitted = new PictureBudget(5_000_000).fit(clips(20));

    List<Choice> shown = List.copyOf(fitted.clips().keySet());
    assertThat(shown).extracting(choice -> choice.set().task()).containsAll(Task.segmentation());
    assertThat(shown.size()).isLessThan(60);
    for (Task task : Task.segmentation()) {
      List<String> videos =
          shown.stream().filter(c -> c.set().task() == task).map(Choice::video).toList();
      assertThat(videos)
          .containsExactlyElementsOf(
              IntStream.range(0, videos.size()).mapToObj("%04d"::formatted).toList());
    }
  }

  @Test
  void shortVideosKeepTheirFrames() {
    Choice shortOne = clip(Task.SEMANTIC, "short", 10);

    assertThat(PictureBudget.frames(shortOne, 4)).hasSize(10);
    assertThat(PictureBudget.frames(clip(Task.SEMANTIC, "long", FRAMES), 4))
        .containsExactlyElementsOf(
            IntStream.iterate(1, i -> i < FRAMES, i -> i + 4).mapToObj(i -> 4 * i + 2).toList());
  }
}
