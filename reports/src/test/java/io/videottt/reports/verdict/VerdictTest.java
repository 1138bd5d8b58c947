package io.videottt.reports.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.base.MetricUnit;
import io.videottt.base.Task;
import io.videottt.metrics.Interval;
import io.videottt.reports.Difference;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.FrameCoverage;
import io.videottt.reports.Measured;
import io.videottt.reports.Measurement;
import io.videottt.reports.MethodNote;
import io.videottt.reports.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static final EvaluationSet SHIFTS = Measured.set("shifts");
  private static final EvaluationSet CLEAR = Measured.set("clear");
  private static final List<MethodNote> NOTES =
      List.of(
          new MethodNote(
              "standardised-fixed",
              "Standardised Fixed",
              true,
              "The fixed model on matched colours.",
              "Matching colours alone (Standardised Fixed)"));

  private static Verdict verdict(Measurement... measurements) {
    return Verdict.of(new Results(List.of(measurements), List.of(Measured.streets())), NOTES);
  }

  private static List<String> sentences(Measurement... measurements) {
    Verdict verdict = verdict(measurements);
    assertThat(verdict.findings()).hasSize(1);
    return verdict.findings().get(0).sentences();
  }

  private static Measurement online(EvaluationSet set, double gain, double lower, double upper) {
    return Measured.gaining(set, "online-ttt-mae", "Online TTT-MAE", gain, lower, upper);
  }

  private static Measurement online(EvaluationSet set, String variant, Difference difference) {
    return Measured.of(
        set, "online-ttt-mae", "Online TTT-MAE", variant, 41, Optional.of(difference));
  }

  @Test
  void gainAndCostAndControlStandInWordsWithTheirIntervals() {
    List<String> sentences =
        sentences(
            Measured.fixed(SHIFTS, 33.61),
            Measured.fixed(CLEAR, 60),
            online(SHIFTS, 5.46, 2.57, 8.48),
            online(CLEAR, -1.2, -1.7, -0.85),
            Measured.gaining(SHIFTS, "standardised-fixed", "Standardised Fixed", 7.7, 4, 11),
            Measured.gaining(CLEAR, "standardised-fixed", "Standardised Fixed", 0.3, -0.1, 0.7));

    assertThat(sentences)
        .containsExactly(
            "Online TTT-MAE gains 5.5 points of mIoU (2.6 to 8.5) over the fixed model on videos"
                + " that darken; on clear videos it costs 1.2 points (0.8 to 1.7).",
            "Matching colours alone (Standardised Fixed) gains 7.7 points (4.0 to 11.0) on videos"
                + " that darken; on clear videos it makes no difference that can be told (+0.3"
                + " points, -0.1 to 0.7).",
            "The fixed model is MAE Joint Training: mIoU 33.6 % on videos that darken and 60.0 % on"
                + " clear videos.");
  }

  @Test
  void anIntervalThatSpansZeroSaysThatNoDifferenceCanBeTold() {
    assertThat(sentences(Measured.fixed(SHIFTS, 40), online(SHIFTS, 0.43, -0.27, 1.1)).get(0))
        .isEqualTo(
            "Online TTT-MAE makes no difference to the fixed model that can be told (+0.4 points of"
                + " mIoU, -0.3 to 1.1) on videos that darken.");
  }

  @Test
  void aMissingIntervalIsNamedWithItsReason() {
    Difference none = new Difference(1.25, Measured.TOO_FEW, Measured.FEW_VIDEOS, 20, 40);
    Difference loss = new Difference(-1.25, Measured.TOO_FEW, Measured.FEW_VIDEOS, 20, 40);
    Difference equal = new Difference(0, Measured.TOO_FEW, Measured.FEW_VIDEOS, 20, 40);

    assertThat(GainPhrase.of(none, MetricUnit.PERCENT))
        .isEqualTo(
            "is 1.2 points above the fixed model (no interval: a video holds fewer than 3 blocks of"
                + " 10 frames)");
    assertThat(GainPhrase.of(loss, MetricUnit.PERCENT))
        .startsWith("is 1.2 points below the fixed model (no interval: ");
    assertThat(GainPhrase.of(equal, MetricUnit.PERCENT))
        .startsWith("scores as the fixed model does (no interval: ");
    assertThat(sentences(Measured.fixed(SHIFTS, 40), online(SHIFTS, "", none)).get(0))
        .isEqualTo(
            "Online TTT-MAE is 1.2 points of mIoU above the fixed model (no interval: a video holds"
                + " fewer than 3 blocks of 10 frames) on videos that darken.");
  }

  @Test
  void whatItCouldBeOnOtherVideosOfTheKindIsSaidWhereItIsKnown() {
    Interval here = Interval.of(-8, -2);
    Difference cost = new Difference(-5, here, Interval.of(-12, 1.5), 80, 40);

    assertThat(GainPhrase.of(cost, MetricUnit.PERCENT)).isEqualTo("costs 5.0 points (2.0 to 8.0)");
    assertThat(GainPhrase.of(cost, "points", true))
        .isEqualTo(
            "costs 5.0 points (2.0 to 8.0; on other videos of the kind -1.5 to 12.0) against the"
                + " fixed model");
    assertThat(
            GainPhrase.of(
                new Difference(1, Interval.of(-1, 3), Interval.of(-2, 4), 80, 40), "points", true))
        .isEqualTo(
            "makes no difference to the fixed model that can be told (+1.0 points, -1.0 to 3.0; on"
                + " other videos of the kind -2.0 to 4.0)");
  }

  @Test
  void aSmallGainIsNotPrintedAsZero() {
    assertThat(GainPhrase.of(Measured.difference(0.034, 0.011, 0.06), MetricUnit.PERCENT))
        .isEqualTo("gains 0.03 points (0.01 to 0.06)");
    assertThat(GainPhrase.of(Measured.difference(0, 0, 0), MetricUnit.PERCENT))
        .isEqualTo("makes no difference that can be told (0.0 points, 0.0 to 0.0)");
  }

  @Test
  void whereNothingWasComparedTheVerdictSaysWhy() {
    assertThat(sentences(Measured.fixed(SHIFTS, 40)))
        .containsExactly("Only the fixed model was run: there is nothing to hold it against.");
    Measurement alone =
        Measured.of(SHIFTS, "online-ttt-mae", "Online TTT-MAE", "", 41, Optional.empty());
    assertThat(sentences(alone))
        .containsExactly(
            "Nothing can be said about gains: the fixed jointly trained model was not run here.");
    assertThat(sentences(Measured.fixed(SHIFTS, 40), alone))
        .containsExactly(
            "Nothing can be said about gains: no method has a scored frame in common with the fixed"
                + " model.");
    assertThat(verdict(Measured.fixed(SHIFTS, 40)).reading()).isEmpty();
  }

  @Test
  void withoutOnlineTrainingTheOthersAreStillSpokenOf() {
    assertThat(
            sentences(
                Measured.fixed(SHIFTS, 40),
                Measured.gaining(SHIFTS, "ln-adapt", "LN Adapt", 6.4, 1, 12),
                Measured.gaining(SHIFTS, "tent", "Tent", 0.4, 0.1, 0.7)))
        .startsWith(
            "Online TTT-MAE was not run here.",
            "Of the 2 other settings of methods, LN Adapt is ahead: it gains 6.4 points (1.0 to"
                + " 12.0).");
  }

  @Test
  void theOracleIsCalledOne() {
    assertThat(
            sentences(
                Measured.fixed(SHIFTS, 40),
                online(SHIFTS, 1, 0.5, 1.5),
                Measured.gaining(
                    SHIFTS, "offline-ttt-mae-all-frames", "Offline TTT-MAE All Frames", 3, 1, 5)))
        .contains(
            "Offline TTT-MAE All Frames, an oracle that sees all frames, gains 3.0 points (1.0 to"
                + " 5.0).");
  }

  @Test
  void ofManySettingsTheFirstAndTheBestAreShownAndSoCalled() {
    List<Measurement> all = new ArrayList<>(List.of(Measured.fixed(SHIFTS, 40)));
    all.add(online(SHIFTS, "window-4", Measured.difference(3, 2, 4)));
    all.add(online(SHIFTS, "", Measured.difference(1, 0.5, 1.5)));
    all.add(online(SHIFTS, "window-1", Measured.difference(2, 1, 3)));
    all.add(online(SHIFTS, "window-8", Measured.difference(-1, -2, -0.5)));

    List<String> sentences = sentences(all.toArray(Measurement[]::new));

    assertThat(sentences.get(0)).startsWith("Online TTT-MAE gains 1.0 points of mIoU");
    assertThat(sentences.get(1)).startsWith("Online TTT-MAE (window-4) gains 3.0 points");
    assertThat(sentences.get(2)).startsWith("These are the first and the best of 4 settings");
  }

  @Test
  void otherFramesThanTheOthersAreNamed() {
    Measurement whole = online(SHIFTS, 2, 1, 3);
    Measurement part =
        new Measurement(
            whole.set(),
            whole.model(),
            whole.method(),
            whole.title(),
            whole.variant(),
            false,
            2,
            40,
            new FrameCoverage(40, 40, 80, List.of(new FrameCoverage.OfVideo("two", 0, 40))),
            whole.repetitions(),
            whole.frameMean(),
            whole.pooled(),
            whole.released(),
            whole.difference(),
            whole.seconds(),
            whole.perVideo(),
            whole.perClass());

    assertThat(sentences(Measured.fixed(SHIFTS, 40), part).get(0))
        .endsWith(", over 40 of the others' 80 evaluated frames (video two: 0 of 40).");
  }

  @Test
  void everyTaskAndDataSetHasAFindingOfItsOwn() {
    EvaluationSet panoptic = new EvaluationSet("streets", "shifts", Task.PANOPTIC);
    EvaluationSet unknown = new EvaluationSet("own", "night", Task.SEMANTIC);

    Verdict verdict =
        verdict(
            Measured.fixed(SHIFTS, 40),
            online(SHIFTS, 1, 0.5, 1.5),
            Measured.fixed(panoptic, 20),
            Measured.fixed(unknown, 20),
            online(unknown, 1, 0.5, 1.5));

    assertThat(verdict.findings())
        .extracting(Finding::heading)
        .containsExactly(
            "Streets, semantic segmentation",
            "Streets, panoptic segmentation",
            "own, semantic segmentation");
    assertThat(verdict.findings().get(2).sentences().get(0)).contains("on own, night.");
  }

  @Test
  void textAndMarkdownHoldEverySentenceAndNoMarkupOfNames() {
    Verdict verdict =
        new Verdict(
            List.of(new Finding("a|b", List.of("one <b> line\u001b[2J", "two"))),
            List.of("How to read it."));

    assertThat(verdict.text())
        .isEqualTo("a|b\n  one <b> line\ufffd[2J\n  two\n\nHow to read it.\n");
    assertThat(verdict.markdown())
        .isEqualTo(
            "## What was found\n\n"
                + "### a\\|b\n\n"
                + "- one \\<b> line\ufffd[2J\n"
                + "- two\n\n"
                + "How to read it.\n");
  }
}
